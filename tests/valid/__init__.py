"""What the checkers of the formats say about built pages and books."""
