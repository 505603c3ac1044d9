"""Who holds a lease: named so that, on the same machine, the dead can be told from the slow."""

import hashlib
import os
import secrets
import socket
from functools import cache
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_PROCESSES = Path("/proc/self/ns/pid")


def owner_name() -> str:
    """A name of this process for leases: machine, process id, and something nobody else has."""
    return f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"


def is_dead(owner: str) -> bool:
    """Whether an owner's process certainly lives no more; False where that cannot be known."""
    machine, _, rest = owner.rpartition("-")[0].rpartition("-")
    if not machine or machine != _machine() or not machine.startswith("m") or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


@cache
def _machine() -> str:
    """This start of this machine and its space of process ids (`m…`), else only the host's name."""
    try:
        place = f"{_BOOT.read_text()} {_PROCESSES.readlink()}"
    except OSError:
        return f"h{socket.gethostname()[:30]}"
    return f"m{hashlib.sha256(place.encode()).hexdigest()[:12]}"
