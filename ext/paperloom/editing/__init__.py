"""Writing into a knowledge base: all of a command's files or none, and never over what a person wrote."""
