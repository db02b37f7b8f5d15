"""The sections of a plan as a document."""
