"""`tocsin doctor`: looks at everything that an installation stands on, and says what to do."""

from .run import examine, run

__all__ = ["examine", "run"]
