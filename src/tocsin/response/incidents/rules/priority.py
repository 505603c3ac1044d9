"""Priority: impact × urgency, shifted by severity.

Base = impact + urgency − 1 (high 1, medium 2, low 3); critical takes one off, low severity adds
one; the result stays within P1 and P5. It is monotone: nothing gets less urgent by being worse.
"""

from dataclasses import dataclass

from tocsin.kernel.severity import Severity
from tocsin.response.incidents.model import Impact, Priority, Urgency

_IMPACT = {Impact.HIGH: 1, Impact.MEDIUM: 2, Impact.LOW: 3}
_URGENCY = {Urgency.HIGH: 1, Urgency.MEDIUM: 2, Urgency.LOW: 3}
_SHIFT = {Severity.CRITICAL: -1, Severity.HIGH: 0, Severity.MEDIUM: 0, Severity.LOW: 1}
_SHIFT_WORDS = {-1: "raises it by one", 0: "leaves it there", 1: "lowers it by one"}

_MISSING = {
    Severity.CRITICAL: (Impact.HIGH, Urgency.HIGH),
    Severity.HIGH: (Impact.HIGH, Urgency.MEDIUM),
    Severity.MEDIUM: (Impact.MEDIUM, Urgency.MEDIUM),
    Severity.LOW: (Impact.LOW, Urgency.LOW),
}


@dataclass(frozen=True, slots=True)
class Prioritised:
    """A priority, the two axes it was read from (given or supplied), and why."""

    priority: Priority
    impact: Impact
    urgency: Urgency
    reason: str


def prioritise(
    severity: Severity, impact: Impact | None = None, urgency: Urgency | None = None
) -> Prioritised:
    """Work out the priority; an axis that is missing is supplied from the severity."""
    usual_impact, usual_urgency = _MISSING[severity]
    impact, urgency = impact or usual_impact, urgency or usual_urgency
    base = _IMPACT[impact] + _URGENCY[urgency] - 1
    shift = _SHIFT[severity]
    priority = Priority(f"P{min(5, max(1, base + shift))}")
    return Prioritised(priority, impact, urgency, _reason(severity, impact, urgency, base, shift))


def _reason(severity: Severity, impact: Impact, urgency: Urgency, base: int, shift: int) -> str:
    limit = "" if 1 <= base + shift <= 5 else ", within P1 and P5"
    return (
        f"Impact {impact} and urgency {urgency} give P{base};"
        f" severity {severity} {_SHIFT_WORDS[shift]}{limit}."
    )
