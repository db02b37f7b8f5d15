"""How Sphinx builds the site: `make site` (its pages load nothing from elsewhere)."""

project = "relgraph"
author = "The relgraph developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "relgraph"
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 4
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types of other libraries, and of docstrings
autodoc_member_order = "alphabetical"
autodoc_typehints = "none"  # the docstrings tell kinds in words
suppress_warnings = ["misc.highlighting_failure"]  # csv has no lexer; excerpts hold an ellipsis
