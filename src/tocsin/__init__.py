"""Tocsin: from the first sign of trouble to the lesson learnt, in one house with one record."""

__version__ = "0.1.0"
