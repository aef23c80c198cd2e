"""``paperloom new``: from an identifier to an entry, a page and a place in an issue."""
