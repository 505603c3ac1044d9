"""What triggers hand to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.wiring import TableEntry, Wiring

from .ports import Samples
from .timers import evaluate_job
from .verbs import begin_at_start


def wire(samples: Samples) -> Wiring:
    """The room's wiring, over what was measured."""

    def routes() -> Sequence[Any]:
        from .api import TriggerRoutes

        return [TriggerRoutes(samples).router()]

    return Wiring(
        room="triggers",
        routes=routes,
        handlers=(evaluate_job(samples),),
        at_start=(begin_at_start,),
        tables=(TableEntry("triggers"), TableEntry("trigger_states")),
    )
