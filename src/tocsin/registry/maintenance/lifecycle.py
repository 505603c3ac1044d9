"""A window's lifecycle: scheduled, in progress, completed or cancelled; all else is out of order."""

from tocsin.kernel.lifecycle import Lifecycle, Step

from .model import WindowState as State
from .model import WindowVerb as Verb

LIFECYCLE = Lifecycle[State, Verb, None](
    "maintenance",
    {
        (State.SCHEDULED, Verb.BEGIN): Step(State.IN_PROGRESS),
        (State.SCHEDULED, Verb.CANCEL): Step(State.CANCELLED),
        (State.SCHEDULED, Verb.EDIT): Step(State.SCHEDULED),
        (State.IN_PROGRESS, Verb.END): Step(State.COMPLETED),
        (State.IN_PROGRESS, Verb.COMPLETE): Step(State.COMPLETED),
        (State.IN_PROGRESS, Verb.CANCEL): Step(State.CANCELLED),
        (State.IN_PROGRESS, Verb.EDIT): Step(State.IN_PROGRESS),
    },
)
