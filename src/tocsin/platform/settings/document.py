"""The settings table of the guide, generated so that no setting stays undocumented."""

from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from .model import Settings

_LEAD = (
    "Environment variables, or lines of a `.env` file in the working directory. A wrong value "
    "stops the start with one line that names the variable."
)


def settings_markdown() -> str:
    """`docs/guide/settings.md`: every variable with default, limits and effect."""
    rows = [
        f"| `{name}` | {_default(field)} | {_limits(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            _LEAD,
            "",
            "| variable | default | limits | effect |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if value is None or isinstance(value, SecretStr):
        return "(none)"
    if isinstance(value, tuple):
        return f"`{','.join(value)}`" if value else "(none)"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if str(value) else "(empty)"


def _limits(field: FieldInfo) -> str:
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    return f"{low}–{high}" if low is not None else ""
