"""Portfolios: which class each stakeholder is in, by five models of relationship planning."""
