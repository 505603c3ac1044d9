"""Whether a channel may send now: while its way out is broken, one message at a time probes it."""

from .ports import DeliveryError, Fault

_FIRST_SECONDS = 1.0
_MOST_SECONDS = 60.0


class Gate:
    """One channel's gate, in seconds of the event loop's clock."""

    def __init__(self) -> None:
        self._faults = 0
        self._shut_until = 0.0

    def places(self, at_once: int, now: float) -> int:
        """How many messages may be in flight: all, one as a probe, or none while it is shut."""
        if self._faults == 0:
            return at_once
        return 1 if now >= self._shut_until else 0

    def shut_for(self, now: float) -> float:
        """Seconds until the next probe; 0 where the gate is open."""
        return max(0.0, self._shut_until - now) if self._faults else 0.0

    def note(self, error: DeliveryError | None, now: float) -> None:
        """Learn from an outcome: any answer that reached a recipient opens the gate."""
        if error is None or error.fault in (Fault.ENDPOINT, Fault.MESSAGE):
            self._faults = 0
        elif error.fault is Fault.TRANSPORT and now >= self._shut_until:
            self._faults += 1
            self._shut_until = now + min(_MOST_SECONDS, _FIRST_SECONDS * 2 ** (self._faults - 1))
