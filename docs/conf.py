"""How Sphinx builds the site: `make site` (its pages load nothing from elsewhere)."""

project = "relgraph"
author = "The relgraph developers"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "relgraph"
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 4
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # csv has no lexer; excerpts hold an ellipsis
