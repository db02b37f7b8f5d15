"""Compiled measures over plain arrays; they know neither stakeholders nor stores."""
