"""Introductions: who can introduce us to somebody, by ways that don't fail together."""
