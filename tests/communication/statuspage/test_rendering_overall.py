from dataclasses import replace

import pytest

from tests.communication.statuspage.page_samples import (
    NOW,
    PAGE,
    at,
    component,
    empty_page,
    ended_incident,
    open_incident,
    page,
)
from tocsin.communication.statuspage.rendering import ComponentView, PageView, PublicPhase
from tocsin.communication.statuspage.rendering.faces import Face
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.communication.statuspage.rendering.overall import Overall, overall
from tocsin.kernel.status import Status

UP, SLOW, HALF, DOWN, UNSEEN = (
    Status.OPERATIONAL,
    Status.DEGRADED,
    Status.PARTIAL_OUTAGE,
    Status.MAJOR_OUTAGE,
    Status.UNKNOWN,
)
NO_CLAIM = "Our checks get no answer, so we claim nothing."


def state_of(*statuses: Status) -> Overall:
    names = "ABCDEFG"
    return say(*(component(names[i], status) for i, status in enumerate(statuses)))


def say(*components: ComponentView) -> Overall:
    return told(page(*components))


def told(view: PageView) -> Overall:
    return overall(view, Voice(view.page), NOW)


@pytest.mark.parametrize(
    ("statuses", "face", "headline", "detail"),
    [
        ([UP], Face.OPERATIONAL, "Everything works.", "The one part of Larkfield Pay is up."),
        (
            [UP] * 3,
            Face.OPERATIONAL,
            "Everything works.",
            "All three parts of Larkfield Pay are up.",
        ),
        ([SLOW], Face.DEGRADED, "A has problems.", ""),
        (
            [UP, SLOW],
            Face.DEGRADED,
            "B has problems.",
            "The other part of Larkfield Pay works as usual.",
        ),
        (
            [SLOW, HALF, UP, UP],
            Face.PARTIAL_OUTAGE,
            "B and A have problems.",
            "The other two parts of Larkfield Pay work as usual.",
        ),
        (
            [SLOW, HALF, SLOW, UP],
            Face.PARTIAL_OUTAGE,
            "B, A and C have problems.",
            "The other part of Larkfield Pay works as usual.",
        ),
        (
            [DOWN, SLOW, UP],
            Face.MAJOR_OUTAGE,
            "A is down. B has problems.",
            "The other part of Larkfield Pay works as usual.",
        ),
        ([DOWN], Face.MAJOR_OUTAGE, "A is down.", ""),
        ([DOWN, DOWN], Face.MAJOR_OUTAGE, "Everything is down.", ""),
        (
            [SLOW, SLOW, HALF, DOWN, UP],
            Face.MAJOR_OUTAGE,
            "Four of five parts have problems.",
            "One of them is down. The other part of Larkfield Pay works as usual.",
        ),
        ([SLOW] * 4, Face.DEGRADED, "All four parts have problems.", ""),
        (
            [UNSEEN, UP],
            Face.UNKNOWN,
            "We cannot see how A is doing right now.",
            f"The other part of Larkfield Pay works as usual. {NO_CLAIM}",
        ),
        (
            [UNSEEN, UNSEEN],
            Face.UNKNOWN,
            "We cannot see how things are right now.",
            NO_CLAIM,
        ),
        (
            [HALF, UNSEEN, UP],
            Face.PARTIAL_OUTAGE,
            "A has problems.",
            "One part of Larkfield Pay works as usual. One part gives no answer.",
        ),
    ],
)
def test_the_first_line_says_what_works(
    statuses: list[Status], face: Face, headline: str, detail: str
):
    assert state_of(*statuses) == Overall(face, headline, detail)


def test_maintenance_is_named_and_is_no_outage():
    state = say(component("Dashboard", maintenance=True), component("API"))
    assert state.face is Face.MAINTENANCE
    assert state.headline == "Maintenance on Dashboard."
    assert "It is not an outage." in state.detail


def test_trouble_during_maintenance_is_still_told():
    state = say(component("Dashboard", DOWN, maintenance=True), component("API"))
    assert (state.face, state.headline) == (Face.MAJOR_OUTAGE, "Dashboard is down.")


def test_a_page_without_parts_claims_nothing():
    state = told(empty_page())
    assert state.face is Face.NO_DATA
    assert state.headline == "Nothing is listed here yet."


def test_an_open_incident_without_impact_is_not_everything_works():
    view = page(component("API"), incidents=(replace(open_incident(), impacts=()),))
    assert told(view).headline == "We are looking into a problem."


def test_a_watched_recovery_says_so():
    watched = replace(open_incident(), phase=PublicPhase.MONITORING)
    view = page(component("API"), incidents=(watched,))
    assert told(view).headline == "Everything works again. We keep watching."


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (at(8, 0), "The last incident ended earlier today."),
        (at(22, 59, day=20), "The last incident ended yesterday."),
        (at(23, 30, day=20), "The last incident ended earlier today."),
        (at(13, 0, day=18), "The last incident ended three days ago."),
    ],
)
def test_the_end_of_the_last_incident_is_counted_in_days_of_the_page(ended, words):
    incident = replace(ended_incident("h1", at(1, 0, day=18)), resolved_at=ended)
    state = told(page(component("API"), incidents=(incident,)))
    assert state.detail.endswith(words)


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("de", "A hat Probleme."),
        ("nl-BE", "A heeft problemen."),
        ("fr", "A has problems."),
    ],
)
def test_the_sentence_follows_the_language_of_the_page(language: str, headline: str):
    view = page(component("A", SLOW), component("B"), identity=replace(PAGE, language=language))
    assert told(view).headline == headline
