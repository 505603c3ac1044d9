"""One circuit breaker per (host, purpose): a host that keeps failing is left alone for a while."""

from math import ceil

from purgatory.domain.model import OPENED, Context, HalfOpenedState, OpenedState, State

from tocsin.kernel.clock import Clock
from tocsin.platform.http.failures import FailureKind, HttpFailure

_MOST_REMEMBERED = 10_000


class Circuits:
    """The circuits of all hosts that failed lately; a host that answers is forgotten.

    After `threshold` failures in a row a circuit stays open for `ttl_seconds` of product time,
    then lets a single request through: its answer closes the circuit, its failure opens it again.
    """

    def __init__(self, threshold: int, ttl_seconds: float, clock: Clock) -> None:
        self._threshold = threshold
        self._ttl_seconds = ttl_seconds
        self._clock = clock
        self._circuits: dict[tuple[str, str], _Circuit] = {}

    @property
    def open_ones(self) -> int:
        """How many circuits are open."""
        return sum(circuit.state == OPENED for circuit in self._circuits.values())

    def admit(self, host: str, purpose: str) -> None:
        """Let a request pass, or raise the HttpFailure that says when the host is tried again."""
        circuit = self._circuits.get((host, purpose))
        if circuit is None:
            return
        if circuit.state == OPENED:
            wait = (circuit.opened_at or 0) + circuit.ttl - self._clock.now().timestamp()
            if wait > 0:
                raise self._left_alone(host, circuit, wait)
            circuit.set_state(HalfOpenedState())
        if circuit.on_trial:
            raise self._left_alone(host, circuit, 1)
        circuit.on_trial = circuit.half_opened

    def settle(self, host: str, purpose: str, fault: str | None) -> None:
        """Count a failure of an ill host, in a sentence; a host that works (None) closes its circuit."""
        if fault is None:
            self._circuits.pop((host, purpose), None)
            return
        circuit = self._circuits.get((host, purpose)) or self._remember(host, purpose)
        circuit.on_trial, circuit.fault = False, fault
        circuit.handle_exception(_HostIsIll())
        circuit.messages.clear()

    def abandon(self, host: str, purpose: str) -> None:
        """The request was given up by its caller, which says nothing about the host."""
        if circuit := self._circuits.get((host, purpose)):
            circuit.on_trial = False

    def _remember(self, host: str, purpose: str) -> "_Circuit":
        if len(self._circuits) >= _MOST_REMEMBERED:
            del self._circuits[next(iter(self._circuits))]
        circuit = _Circuit(f"{host}/{purpose}", self._threshold, self._ttl_seconds, self._clock)
        self._circuits[host, purpose] = circuit
        return circuit

    def _left_alone(self, host: str, circuit: "_Circuit", wait: float) -> HttpFailure:
        return HttpFailure(
            FailureKind.BREAKER_OPEN,
            f"{circuit.fault} After {self._threshold} such failures in a row {host} is asked again"
            f" in {_words(wait)}.",
            retry_after_seconds=wait,
        )


def _words(seconds: float) -> str:
    return f"{ceil(seconds)} s" if seconds < 120 else f"{ceil(seconds / 60)} min"


class _HostIsIll(Exception):
    """What purgatory is told instead of the failure itself."""


class _Circuit(Context):
    """Purgatory's circuit, opened by the product's clock; purgatory itself reads the machine's."""

    def __init__(self, name: str, threshold: int, ttl_seconds: float, clock: Clock) -> None:
        self.clock = clock
        self.on_trial = False
        self.fault = ""
        super().__init__(name, threshold, ttl_seconds)

    @property
    def half_opened(self) -> bool:
        return isinstance(self._state, HalfOpenedState)

    def set_state(self, state: State) -> None:
        if isinstance(state, OpenedState):
            state.opened_at = self.clock.now().timestamp()
        super().set_state(state)
