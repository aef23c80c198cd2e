"""Sphinx configuration; everything general lives in the extension."""

project = "Paperloom"
author = "the Paperloom contributors"
copyright = "the Paperloom contributors, CC BY 4.0"  # noqa: A001

extensions = ["paperloom", "sphinx_click"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build"]
nitpicky = True
smartquotes = False
paperloom_correction_url = (
    "https://github.com/paperloom/paperloom/issues/new"
    "?template=correct-a-page.yml&page={page}&title=Correction%3A%20{title}"
)
paperloom_license = "https://creativecommons.org/licenses/by/4.0/"

html_baseurl = "https://paperloom.github.io/paperloom/"
html_theme = "furo"
html_title = "Paperloom"
html_logo = "_static/logo.svg"
html_favicon = "_static/logo.svg"
html_static_path = ["_static"]
html_copy_source = False
html_domain_indices = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}

epub_description = "Summaries of machine-learning papers from weekly issues"
paperloom_book_without = ["contributing/**"]
version = "2020–2021"
