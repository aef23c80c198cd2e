"""Links of the built site: internal ones in the HTML itself, external ones of their hosts and registers."""
