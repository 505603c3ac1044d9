"""Own checks as `compose` makes them, on the connections of a client that belongs to the test."""

from tocsin.adapters.checks.base import CheckParts
from tocsin.app.checks import open_checks
from tocsin.detection.signals.ports import CheckKind
from tocsin.kernel.clock import Clock, SystemClock
from tocsin.platform.http import OutgoingClient
from tocsin.platform.secrets import Secrets


def checks(client: OutgoingClient, clock: Clock | None = None) -> tuple[CheckKind, ...]:
    """All kinds of checks."""
    return open_checks(CheckParts(clock or SystemClock(), client.wires, Secrets("a test's key")))
