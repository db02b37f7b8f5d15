"""Communities: groups that are tied more among themselves than with others."""
