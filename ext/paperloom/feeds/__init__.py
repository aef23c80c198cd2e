"""Feeds: Atom (RFC 4287) and JSON Feed (https://jsonfeed.org/version/1.1) of what the catalog lists."""
