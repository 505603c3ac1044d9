"""Objectives: what each service promises, what is left of its error budget, and what burns it."""
