"""What real vendors really sent, and what it means by our rules.

The expected states are worked out by hand: the worst of the watched components and of the impact
of each open incident that touches them or names none (major counts as partial outage, critical as
major outage).
"""

import json
from pathlib import Path

import pytest

from tocsin.adapters.feeds.statuspage import parse
from tocsin.detection.signals.ports import PollFailure, PollFailureKind, Reading, SourceSpec
from tocsin.kernel.status import Status

UP, SLOW, PART, DOWN = (
    Status.OPERATIONAL,
    Status.DEGRADED,
    Status.PARTIAL_OUTAGE,
    Status.MAJOR_OUTAGE,
)
SITES = "Cloudflare Sites and Services"


def read(file: Path, *components: str) -> Reading:
    reading = parse(file.read_bytes(), SourceSpec("statuspage", components=components))
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize(
    ("recording", "watching", "status", "maintenance"),
    [
        ("github/summary-operational", [], UP, False),
        ("github/summary-degraded", [], DOWN, False),
        ("github/summary-degraded", ["Webhooks"], DOWN, False),
        ("github/summary-degraded", ["Pages", "Copilot"], UP, False),
        ("github/summary-minor-partial-incident", [], PART, False),
        ("github/summary-minor-partial-incident", ["Git Operations"], UP, False),
        ("github/summary-major-mixed", [], DOWN, False),
        ("github/summary-major-mixed", ["Actions"], PART, False),
        ("github/summary-major-mixed", ["Issues"], PART, False),
        ("github/summary-major-mixed", ["Pages"], UP, False),
        ("github/summary-none-but-incident-open", [], DOWN, False),
        ("github/summary-none-but-incident-open", ["Pages"], DOWN, False),
        ("github/summary-maintenance-in-progress", [], UP, True),
        ("github/summary-maintenance-in-progress", ["Codespaces"], UP, True),
        ("github/summary-maintenance-in-progress", ["Actions"], UP, False),
        ("cloudflare/summary-major-2025-11-18", [], DOWN, True),
        ("cloudflare/summary-major-2025-11-18", [f"{SITES} / Access"], DOWN, False),
        ("cloudflare/summary-major-2025-11-18", [f"{SITES} / Support Site"], SLOW, False),
        ("cloudflare/summary-major-2025-11-18", ["jzcwkvrc4w4q"], SLOW, False),
        ("cloudflare/summary-major-2025-11-18", [f"{SITES} / R2"], UP, False),
        ("cloudflare/summary-major-2025-11-18", [SITES], DOWN, False),
        ("cloudflare/summary-major-2025-11-18", ["Baghdad, Iraq - (BGW)"], PART, False),
        ("cloudflare/summary-minor-maint-in-progress", [], PART, True),
        ("cloudflare/summary-minor-maint-in-progress", [SITES], UP, False),
        ("cloudflare/summary-minor-maint-in-progress", ["Hagatna, Guam - (GUM)"], PART, False),
        ("cloudflare/summary-minor-maint-in-progress", ["Baghdad, Iraq - (BGW)"], UP, True),
    ],
)
def test_a_recorded_summary_means_what_it_says(
    vendor_feeds: Path, recording: str, watching: list[str], status: Status, maintenance: bool
) -> None:
    reading = read(vendor_feeds / f"statuspage-{recording}.json", *watching)
    assert (reading.status, reading.maintenance) == (status, maintenance)
    assert not reading.missing


def test_the_recorded_outage_of_march_2026_goes_up_and_comes_down(vendor_feeds: Path) -> None:
    folder = vendor_feeds / "sequences" / "github-2026-03-03-major"
    readings = {file.stem[11:15]: read(file) for file in sorted(folder.glob("*.json"))}
    trouble = {at: reading.status for at, reading in readings.items() if reading.status is not UP}
    assert trouble == {"1905": DOWN, "1951": DOWN, "2038": PART}
    assert len(readings) == 12
    assert readings["1905"].detail == "Incident with Copilot and Actions"
    assert readings["2038"].incidents[0].impact is SLOW
    green = {reading.signature for reading in readings.values() if reading.status is UP}
    assert len(green) == 1
    assert readings["1905"].signature != readings["1951"].signature


def test_no_group_is_taken_for_a_component(vendor_feeds: Path) -> None:
    file = vendor_feeds / "statuspage-cloudflare" / "summary-major-2025-11-18.json"
    listed = json.loads(file.read_bytes())["components"]
    groups = {entry["id"] for entry in listed if entry["group"]}
    reading = read(file)
    assert len(groups) == 8
    assert groups.isdisjoint(component.id for component in reading.components)
    assert len(reading.components) == len(listed) - len(groups)
    assert {component.group for component in reading.components} >= {SITES, "Africa", "Oceania"}


def test_renumbered_components_of_a_real_page_are_found_again(vendor_feeds: Path) -> None:
    folder = vendor_feeds / "statuspage-cloudflare"
    before = read(folder / "summary-minor-maint-in-progress.json")
    payload = json.loads((folder / "summary-minor-maint-in-progress.json").read_bytes())
    for entry in payload["components"]:
        if not entry["group"]:
            entry["id"] = f"new-{entry['id']}"
    known = {component.id: component.label for component in before.components}
    watching = tuple(component.id for component in before.components[:300])
    spec = SourceSpec("statuspage", components=watching, known_names=known)
    after = parse(payload, spec)
    assert isinstance(after, Reading)
    assert len(after.missing) == 300
    assert not any(drift.vanished for drift in after.missing)
    assert {drift.now_id for drift in after.missing} <= {one.id for one in after.components}


@pytest.mark.parametrize(
    ("recording", "kind"),
    [
        ("aws-data-json-legacy/data-current-1.json", PollFailureKind.SCHEMA),
        ("azure-rss/feed-empty.xml", PollFailureKind.HTML),
        ("github-atom/history.atom", PollFailureKind.HTML),
        ("google-cloud/incidents-none-open-2026-08-20.json", PollFailureKind.SCHEMA),
        ("instatus/summary-up-perplexity.json", PollFailureKind.SCHEMA),
        ("slack/current-ok.json", PollFailureKind.SCHEMA),
        ("registries/stts-services.json", PollFailureKind.NOT_JSON),
    ],
)
def test_other_vendors_formats_are_never_read_as_green(
    vendor_feeds: Path, recording: str, kind: PollFailureKind
) -> None:
    outcome = parse((vendor_feeds / recording).read_bytes(), SourceSpec("statuspage"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is kind
