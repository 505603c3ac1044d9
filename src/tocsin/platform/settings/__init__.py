"""Settings: environment variables with documented names, defaults and limits."""

from .document import settings_markdown
from .load import BadSetting, load_settings
from .model import Settings

__all__ = ["BadSetting", "Settings", "load_settings", "settings_markdown"]
