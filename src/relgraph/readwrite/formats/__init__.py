"""The formats of files: a reader and a writer for each, and what they share."""
