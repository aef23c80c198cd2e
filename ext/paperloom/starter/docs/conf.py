"""Sphinx configuration; everything general lives in the extension."""

project = "Papers"
author = "the contributors"

extensions = ["paperloom"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build"]
nitpicky = True
smartquotes = False

html_theme = "furo"
html_title = project
html_copy_source = False
html_domain_indices = False
html_use_index = False
