"""What failing polls mean, and how long a status set by hand outlasts its feed."""

from tocsin.detection.conditions.model import Hold, HoldVerdict, PollerHealth, PollerVerdict
from tocsin.kernel.status import Status


def poller_health(failures: int, threshold: int, ever_good: bool) -> PollerVerdict:
    """Judge a poller by its failures in a row; below the threshold its last status is kept."""
    if failures == 0:
        reason = "The last poll succeeded." if ever_good else "Not polled yet."
        return PollerVerdict(PollerHealth.OK, unknown=not ever_good, reason=reason)
    failed = "The last poll failed" if failures == 1 else f"The last {failures} polls failed"
    if not ever_good:
        reason = f"{failed}, and none ever succeeded."
        return PollerVerdict(PollerHealth.BROKEN, unknown=True, reason=reason)
    if failures < threshold:
        reason = f"{failed}; the status becomes unknown after {threshold} in a row."
        return PollerVerdict(PollerHealth.FAILING, unknown=False, reason=reason)
    reason = f"{failed}; {threshold} in a row make it broken."
    return PollerVerdict(PollerHealth.BROKEN, unknown=True, reason=reason)


def still_holds(hold: Hold, reported: Status) -> HoldVerdict:
    """Whether a status set by hand outlasts what the feed reports now.

    It holds until the feed reports something other than it did when the person spoke. Unknown is
    no report: it releases nothing, and where the feed had no answer then, any answer is another.
    """
    said, then = reported.words.lower(), hold.feed_status.words.lower()
    if reported is Status.UNKNOWN:
        return HoldVerdict(True, "The feed has no answer, so the status set by hand holds.")
    if reported is hold.feed_status:
        return HoldVerdict(True, f"The feed still says {said}, as when the status was set by hand.")
    return HoldVerdict(False, f"The feed now says {said}; when the status was set it said {then}.")
