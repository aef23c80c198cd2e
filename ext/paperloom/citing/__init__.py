"""A bibliography entry in the forms in which papers leave the site; nothing here knows a page."""
