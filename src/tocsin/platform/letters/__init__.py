"""Letters: the one layout of every mail that Tocsin sends, as HTML and as plain text."""

from .letter import Button, letter

__all__ = ["Button", "letter"]
