"""Settings: environment variables with documented names, defaults and limits."""

from .document import env_example, settings_markdown
from .load import BadSetting, load_settings
from .model import Settings

__all__ = ["BadSetting", "Settings", "env_example", "load_settings", "settings_markdown"]
