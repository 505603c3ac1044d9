"""Writing generations: `DATA_DIR/pages/<page>/<generation>/`, made current by one rename.

The live page, the snapshot and the static export are this one tree.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .files import PageFile

MANIFEST = "manifest.json"
CURRENT = "current"
_KEPT = 2
_WORTH_COMPRESSING = 512


@dataclass(frozen=True, slots=True)
class PageTree:
    """The directory of all rendered pages."""

    root: Path

    def publish(self, page: str, generation: int, files: Mapping[str, PageFile]) -> Path:
        """Write a generation and make it current; a half-written one is never seen.

        Publishing the same generation again puts a new directory in its place. Older generations
        but one are removed.
        """
        home = self.root / page
        home.mkdir(parents=True, exist_ok=True)
        target = _free_place(home, generation)
        working = home / f".{generation:012d}.{os.getpid()}"
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir()
        manifest = {path: _write(working, path, file) for path, file in files.items()}
        (working / MANIFEST).write_text(json.dumps(manifest))
        working.rename(target)
        self._switch(home, target.name)
        self._forget_old(home)
        return target

    def current(self, page: str) -> str | None:
        """The name of the generation that is served, or None before the first."""
        try:
            return (self.root / page / CURRENT).readlink().name
        except OSError:
            return None

    def remove(self, page: str) -> None:
        """Take a page away."""
        shutil.rmtree(self.root / page, ignore_errors=True)

    def _switch(self, home: Path, name: str) -> None:
        link = home / f".{CURRENT}.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        link.replace(home / CURRENT)

    def _forget_old(self, home: Path) -> None:
        generations = sorted(path for path in home.iterdir() if path.name[:1].isdigit())
        for path in generations[:-_KEPT]:
            if path.name != (home / CURRENT).readlink().name:
                shutil.rmtree(path, ignore_errors=True)


def _free_place(home: Path, generation: int) -> Path:
    """A name never used for other bytes: whoever serves knows a generation by its name."""
    used = [path.name for path in home.glob(f"{generation:012d}*")]
    return home / (f"{generation:012d}.{_next_part(used):04d}" if used else f"{generation:012d}")


def _next_part(used: list[str]) -> int:
    return 1 + max(int(name.partition(".")[2] or 0) for name in used)


def _write(root: Path, path: str, file: PageFile) -> dict[str, object]:
    place = root / path
    if not place.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{path} leaves the page's tree")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file.body)
    entry: dict[str, object] = {
        "type": file.content_type,
        "max_age": file.max_age,
        "etag": hashlib.sha256(file.body).hexdigest()[:32],
        "gzip": False,
    }
    if len(file.body) >= _WORTH_COMPRESSING and not file.content_type.startswith(
        ("image/", "font/")
    ):
        packed = place.with_name(place.name + ".gz")
        packed.write_bytes(gzip.compress(file.body, compresslevel=6, mtime=0))
        entry["gzip"] = True
    return entry
