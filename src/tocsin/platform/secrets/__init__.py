"""Secrets at rest: sealed with the installation's key before they reach the database."""

from .destination import Destination, new_signing_secret, open_destination
from .seal import CannotOpen, Secrets

__all__ = ["CannotOpen", "Destination", "Secrets", "new_signing_secret", "open_destination"]
