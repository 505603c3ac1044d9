"""The files of this checkout, as the house tests read them."""

import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tocsin"
FLOORS = (
    *("kernel", "platform", "registry", "detection", "response"),
    *("communication", "learning", "adapters", "app"),
)
FLOORS_WITH_ROOMS = ("registry", "detection", "response", "communication", "learning")


@cache
def own_files() -> Sequence[Path]:
    """Every file of the project: what git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file()]


def python_files(*folders: str) -> Sequence[Path]:
    """The project's Python files below these folders; without folders, all of them."""
    below = [ROOT / folder for folder in folders] or [ROOT]
    return [
        path
        for path in own_files()
        if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in below)
    ]


def place(path: Path) -> str:
    """A file's path as a person would write it."""
    return path.relative_to(ROOT).as_posix()
