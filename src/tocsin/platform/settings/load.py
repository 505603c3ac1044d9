"""Reading the settings: a wrong value stops the start with one line that names the variable."""

from typing import Any

from pydantic import ValidationError

from .model import Settings


class BadSetting(Exception):
    """One line for the terminal: which variable, and what was expected."""


def load_settings(**overrides: Any) -> Settings:
    """Read the environment and `.env`; raises BadSetting."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSetting(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    words = str(first["msg"]).removeprefix("Value error, ")
    if not first["loc"]:
        return words
    return f"{first['loc'][0]}: {words[0].lower()}{words[1:]}"
