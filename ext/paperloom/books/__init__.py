"""Books to take along: the whole knowledge base, or one week of it, as EPUB and for print."""
