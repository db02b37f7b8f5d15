"""A draft of a mapping for some files: what their tables, keys and columns probably are, and why.

`profiles` looks at columns, `links` finds keys and which table they lead to, `roles` says what a
table is by its words, `draft` writes the TOML.
"""
