"""PUT of what GET gave: read-only fields may come back as they were, and only so."""

from collections.abc import Iterable

from pydantic import BaseModel

from tocsin.kernel.errors import FieldError, Invalid


def require_unchanged(sent: BaseModel, current: BaseModel, read_only: Iterable[str]) -> None:
    """Raise Invalid for every read-only field that was sent with another value than it has."""
    given = sent.model_dump(mode="json", include=set(read_only), exclude_unset=True)
    there = current.model_dump(mode="json")
    wrong = [
        FieldError(field, "is read-only and differs from what is stored")
        for field, value in given.items()
        if value != there.get(field)
    ]
    if wrong:
        raise Invalid(f"{wrong[0].field}: {wrong[0].message}", errors=wrong)


def require_extras_unchanged(sent: BaseModel, current: BaseModel) -> None:
    """The same for models that allow extra fields: each must be a field of what GET gives, as it is.

    Raises Invalid for every one that is unknown or has another value.
    """
    there = current.model_dump(mode="json")
    wrong = [
        FieldError(
            field,
            "is read-only and differs from what is stored"
            if field in there
            else "Extra inputs are not permitted",
        )
        for field, value in (sent.model_extra or {}).items()
        if field not in there or value != there[field]
    ]
    if wrong:
        raise Invalid(f"{wrong[0].field}: {wrong[0].message}", errors=wrong)
