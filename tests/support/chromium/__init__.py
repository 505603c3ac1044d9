"""A Chromium for the browser tests: the one named, the system's, or the packaged one."""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE / "node_modules" / "@sparticuz" / "chromium"
UNPACKED = HERE / "node_modules" / ".unpacked"

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)

# The package brings the few libraries and the font that a bare machine lacks.
LAUNCHER = """\
#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fc-match >/dev/null 2>&1 || export FONTCONFIG_PATH="$here"
exec "$here/chromium" "$@"
"""

FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}/fonts</dir><cachedir>{0}/fonts-cache</cachedir></fontconfig>
"""


def find_chromium() -> Path | None:
    """The browser to drive, or None where none is named, installed or packaged.

    Raises FileNotFoundError when CHROMIUM_PATH names nothing: a wrong name must not become a skip.
    """
    if named := os.environ.get("CHROMIUM_PATH"):
        if not Path(named).is_file():
            raise FileNotFoundError(f"CHROMIUM_PATH={named} is not a file")
        return Path(named)
    return installed_chromium() or packaged_chromium()


def installed_chromium() -> Path | None:
    """The system's browser."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    return next((place for place in PLACES if place.is_file()), None)


def packaged_chromium() -> Path | None:
    """The browser of the npm package beside this file, unpacked once."""
    beside_python = str(Path(sys.executable).parent)
    node = shutil.which("node", path=os.pathsep.join([beside_python, os.environ["PATH"]]))
    if node is None or not PACKAGE.is_dir():
        return None
    with (HERE / "node_modules" / ".unpacking").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not UNPACKED.exists():
            _unpack(node)
    return UNPACKED / "launch"


def _unpack(node: str) -> None:
    unfinished = UNPACKED.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    subprocess.run([node, HERE / "unpack.mjs", PACKAGE / "bin", unfinished], check=True)
    for part in unfinished.glob("*.tar"):
        with tarfile.open(part) as tar:
            # Python 3.11 has had filters only since its fourth patch.
            tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
            tar.extractall(unfinished)
        part.unlink()
    (unfinished / "chromium").chmod(0o755)
    (unfinished / "fonts.conf").write_text(FONTS.format(UNPACKED))
    (unfinished / "launch").write_text(LAUNCHER)
    (unfinished / "launch").chmod(0o755)
    unfinished.rename(UNPACKED)
