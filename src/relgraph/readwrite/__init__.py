"""Readers and writers of files: one module per format, names that are read, validation."""
