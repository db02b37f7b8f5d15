"""Explanations: how the net of an investment is made, step by step."""
