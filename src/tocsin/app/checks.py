"""The kinds of own checks."""

from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.checks.http import HttpKind
from tocsin.detection.signals.ports import CheckKind

CHECKS = (HttpKind,)


def open_checks(parts: CheckParts) -> tuple[CheckKind, ...]:
    """All kinds, given what they need."""
    return tuple(kind(parts) for kind in CHECKS)
