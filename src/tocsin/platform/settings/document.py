"""The settings' table and the example of a `.env`, made here so that none stays undocumented."""

from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from .model import Settings

_LEAD = (
    "Environment variables, or lines of a `.env` file in the working directory. A wrong value "
    "stops the start with one line that names the variable."
)


_EXAMPLE_LEAD = (
    "# Copy to `.env` and change what you need; what stays commented out keeps its default.",
    "# The limits of each are in docs/guide/settings.md.",
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


def env_example() -> str:
    """`.env.example`: every variable with its sentence and its default, commented out."""
    lines = [
        f"\n# {field.description}\n# {name}={_quoted(_written(field))}"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join([*_EXAMPLE_LEAD, *lines, ""])


def _quoted(value: str) -> str:
    """As a line of a `.env` file reads it: quoted where a blank would end it."""
    return f'"{value}"' if " " in value else value


def _default(field: FieldInfo) -> str:
    if written := _written(field):
        return f"`{written}`"
    return "(empty)" if isinstance(field.default, str) else "(none)"


def _written(field: FieldInfo) -> str:
    """The default as one writes it into the environment; empty where there is none."""
    value: Any = field.default
    if value is None or isinstance(value, SecretStr):
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _limits(field: FieldInfo) -> str:
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    return f"{low}–{high}" if low is not None else ""
