"""What is made from a built site, after Sphinx: each step costs too much, or needs too much, for every build."""
