"""SECRET_KEY, or a random one in a 0600 file of DATA_DIR."""

import os
import secrets
from pathlib import Path

from tocsin.platform.settings import BadSetting, Settings


def secret_key(settings: Settings) -> str:
    """The installation's key; the first process to ask makes it, all others read the same.

    Raises BadSetting where DATA_DIR takes no file, or where the file holds no key.
    """
    if settings.SECRET_KEY is not None:
        return settings.SECRET_KEY.get_secret_value()
    path = settings.data_dir / "secret_key"
    try:
        key = _kept(path)
    except OSError as error:
        raise BadSetting(f"DATA_DIR: cannot keep {path} ({error.strerror})") from None
    if not key:
        raise BadSetting(f"SECRET_KEY: {path} is empty; put the key back, or set the variable")
    return key


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path)
    return path.read_text().strip()


def _write_once(path: Path) -> None:
    """Write beside and link into place: no reader ever sees half a key, the first writer wins."""
    draft = path.with_name(f".secret_key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
