"""Running a script so that what it started ends with it, however it ends."""

import signal
import sys
from collections.abc import Callable


def run(main: Callable[[], int]) -> None:
    """Exit with what `main` returns; SIGTERM unwinds it, so that its processes are ended too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main())
