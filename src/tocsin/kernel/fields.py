"""PUT of what GET gave: read-only fields may be sent back as long as they are the same."""

from collections.abc import Mapping
from typing import Any

from .errors import FieldError, Invalid


def require_unchanged(
    sent: Mapping[str, Any], shown: Mapping[str, Any], moving: frozenset[str] = frozenset()
) -> None:
    """Accept fields that are sent as they are shown; raises Invalid for others and unknown ones.

    `moving` names fields that change by themselves and may have done so since they were read.
    """
    faults = [
        FieldError(name, fault)
        for name, value in sent.items()
        if (fault := _fault(name, value, shown, moving))
    ]
    if faults:
        raise Invalid(f"{faults[0].field}: {faults[0].message}", errors=faults)


def _fault(name: str, value: Any, shown: Mapping[str, Any], moving: frozenset[str]) -> str | None:
    if name not in shown:
        return "unknown field"
    if name in moving or value == shown[name]:
        return None
    return "is read-only; send it as it was read, or leave it out"
