"""``paperloom import``: newsletter issues into the knowledge base."""
