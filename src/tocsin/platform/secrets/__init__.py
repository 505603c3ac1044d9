"""Secrets at rest: sealed with the installation's key before they reach the database."""

from .seal import CannotOpen, Secrets

__all__ = ["CannotOpen", "Secrets"]
