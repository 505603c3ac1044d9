"""Make the checkout ready for what comes next: `python -m scripts.prepare run|check|test`."""

import fcntl
import sys
from collections.abc import Callable, Sequence

from scripts import console_side, python_side
from scripts.steps import ROOT, Step, TroubleError, take


def for_run() -> Sequence[Step]:
    """What `tocsin serve` needs."""
    return (
        python_side.environment(),
        python_side.packages("requirements.txt"),
        console_side.packages(),
        console_side.build(),
    )


def for_check() -> Sequence[Step]:
    """What the checks and the development servers need."""
    return (
        python_side.environment(),
        python_side.packages(python_side.DEVELOPMENT),
        console_side.packages(),
    )


def for_test() -> Sequence[Step]:
    """What the tests need: everything."""
    return (*for_check(), console_side.build(), console_side.browser())


PURPOSES: dict[str, Callable[[], Sequence[Step]]] = {
    "run": for_run,
    "check": for_check,
    "test": for_test,
}


def main(purpose: str) -> int:
    """Take the steps this purpose needs, one preparation of this checkout at a time."""
    lock = ROOT / ".cache" / "prepare.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)
        try:
            take(PURPOSES[purpose]())
        except TroubleError as trouble:
            print(trouble, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
