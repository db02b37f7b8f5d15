"""Who may be stored twice: likeness of names, and what else speaks for it."""
