"""Putting a draft into the directory: once, whole, and never over what is there."""

import os
from pathlib import Path


class OutsideDirectory(ValueError):
    """A name that would leave the directory."""


def write_once(folder: Path, name: str, text: str) -> bool:
    """Create the file unless another is there under that name; tells whether it is there now.

    A second time with the same text changes nothing and is fine. It appears whole or not at all.
    Raises OSError where the directory cannot be written, and OutsideDirectory for a name with a
    path in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if Path(name).name != name or name in ("", ".", ".."):
        raise OutsideDirectory(name)
    target = folder / name
    draft = folder / f".{name}.{os.getpid()}.partial"
    try:
        draft.write_text(text, encoding="utf-8")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        os.link(draft, target)
    except FileExistsError:
        return target.read_text(encoding="utf-8", errors="replace") == text
    finally:
        draft.unlink(missing_ok=True)
    return True
