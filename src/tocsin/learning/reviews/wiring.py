"""What reviews hand to `compose`."""

from tocsin.detection.alerts import events as alerts
from tocsin.learning.reviews.model import DraftSettings
from tocsin.learning.reviews.timers import draft_job, plan_draft
from tocsin.platform.journal import NowReaction
from tocsin.platform.wiring import Wiring


def wire(settings: DraftSettings) -> Wiring:
    """The room's wiring; it has no table yet."""
    return Wiring(
        room="reviews",
        reactions=(
            NowReaction(
                "reviews.plan_draft", (alerts.RESOLVED,), lambda cause: plan_draft(settings, cause)
            ),
        ),
        handlers=(draft_job(settings),),
    )
