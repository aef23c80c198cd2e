"""Newsletter issues as Markdown, read into records and turned into pages and entries. No Sphinx."""
