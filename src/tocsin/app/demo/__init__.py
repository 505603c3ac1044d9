"""`tocsin demo`: everything running on one machine, with a vendor that fails and recovers."""

from .run import run

__all__ = ["run"]
