"""A stamp remembers the fingerprint of what something was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """One digest of these files' names and contents, and of the words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        digest.update(
            b"\0" + str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
        )
    return digest.hexdigest()


def is_fresh(stamp: Path, mark: str) -> bool:
    """Whether the stamp was written for exactly this."""
    return stamp.is_file() and stamp.read_text() == mark


def files_below(folder: Path, *, without: frozenset[str]) -> Iterable[Path]:
    """Every file below a folder, leaving out the folders and files of these names."""
    for path in folder.iterdir():
        if path.name in without:
            continue
        if path.is_dir():
            yield from files_below(path, without=without)
        else:
            yield path
