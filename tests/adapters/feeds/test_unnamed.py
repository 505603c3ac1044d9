"""Sources that name things only in trouble say which watched ones they do not name: a misspelt one
is never seen to vanish."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from tests.adapters.feeds import test_aws, test_google_incidents, test_incidentio, test_slack
from tests.adapters.feeds.feeds_xml import item, rss, updates
from tocsin.adapters.feeds.aws import AwsKind, AwsSource
from tocsin.adapters.feeds.azure import AzureKind
from tocsin.adapters.feeds.google_cloud import GoogleCloudKind
from tocsin.adapters.feeds.incidentio import IncidentIoKind
from tocsin.adapters.feeds.rss import RssKind
from tocsin.adapters.feeds.slack import SlackKind, parse
from tocsin.detection.signals.ports import (
    Reading,
    SourceSpec,
)
from tocsin.kernel.status import Status

REGIONS = {"regions": ["us-east-1"]}


def aws(*services: str) -> bytes:
    return json.dumps([test_aws.event(one) for one in services]).encode()


def google(*products: str) -> bytes:
    named = [{"id": one.lower(), "title": one} for one in products]
    return json.dumps([test_google_incidents.entry(*named)]).encode()


def slack(*services: str) -> bytes:
    return json.dumps(
        test_slack.current(*(test_slack.trouble("incident", one) for one in services))
    ).encode()


def widget(*names: str) -> bytes:
    parts = [test_incidentio.item(one, current_status="partial_outage") for one in names]
    return json.dumps(
        test_incidentio.widget(ongoing_incidents=[test_incidentio.incident(*parts)])
    ).encode()


def feed(*words: str) -> bytes:
    return rss(*(item(f"Trouble at {word}", updates("Update")) for word in words))


KINDS: list[tuple[Any, Callable[..., bytes]]] = [
    (AwsKind(), aws),
    (GoogleCloudKind(), google),
    (SlackKind(), slack),
    (IncidentIoKind(), widget),
    (AzureKind(), feed),
    (RssKind(), feed),
]


def read(kind: Any, body: bytes, spec: SourceSpec) -> Reading:
    reading = parse(body, spec) if isinstance(kind, SlackKind) else kind.parse(body, spec)
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(("kind", "body"), KINDS, ids=lambda one: getattr(one, "kind", ""))
def test_what_the_source_does_not_name_is_told(kind: Any, body: Callable[..., bytes]) -> None:
    spec = SourceSpec(kind.kind, None, ("ec2", "lamda"), REGIONS)
    reading = read(kind, body("ec2"), spec)
    assert reading.unnamed == ("lamda",)
    assert reading.status.is_trouble
    other = read(kind, body("s3"), spec)
    assert (other.status, other.unnamed) == (Status.OPERATIONAL, ("ec2", "lamda"))
    assert not other.missing
    everything = read(kind, body("ec2"), SourceSpec(kind.kind, None, (), REGIONS))
    assert everything.unnamed == ()


@pytest.mark.parametrize(("kind", "body"), KINDS, ids=lambda one: getattr(one, "kind", ""))
def test_what_was_quiet_before_is_found_in_trouble_whatever_it_was_known_as(
    kind: Any, body: Callable[..., bytes]
) -> None:
    """What was remembered of a quiet name must not hide the one that the vendor names later."""
    wanted = "Amazon EC2" if kind.kind == "aws" else "EC2"
    spec = SourceSpec(kind.kind, None, (wanted,), REGIONS, known_names={wanted: wanted})
    reading = read(kind, body("ec2"), spec)
    assert reading.status.is_trouble
    assert reading.unnamed == ()


def test_a_word_in_an_entry_that_is_over_was_named() -> None:
    over = rss(item("Trouble at ec2", updates("Resolved")))
    reading = read(RssKind(), over, SourceSpec("rss", None, ("ec2", "lamda")))
    assert (reading.status, reading.unnamed) == (Status.OPERATIONAL, ("lamda",))


@pytest.mark.parametrize(
    ("wanted", "unnamed"),
    [
        ("us-west1", False),
        ("Us-West1", False),
        ("us-west1-a", False),
        ("us", False),
        ("us-wset1", True),
        ("us-wset1-a", True),
    ],
)
def test_a_location_without_any_incident_in_the_whole_history_is_told(
    wanted: str, unnamed: bool
) -> None:
    places = [test_google_incidents.place("us-west1"), test_google_incidents.place("us")]
    past = test_google_incidents.entry(
        end="2026-11-20T11:00:00+00:00", previously_affected_locations=places
    )
    spec = SourceSpec("google_cloud", None, (), {"locations": [wanted]})
    reading = read(GoogleCloudKind(), json.dumps([past]).encode(), spec)
    assert reading.unnamed == ((wanted,) if unnamed else ())


@pytest.mark.parametrize(
    ("region", "unnamed"),
    [
        ("us-east-1", ()),
        ("N. Virginia", ()),
        ("Global", ()),
        ("us-west-2-lax-1a", ()),
        ("xx-new-1", ("xx-new-1",)),
        ("us-esat-1", ("us-esat-1",)),
    ],
)
def test_a_region_that_nobody_here_knows_is_told_until_an_event_names_it(
    region: str, unnamed: tuple[str, ...]
) -> None:
    AwsSource(regions=(region,))
    reading = test_aws.read([], regions=(region,))
    assert reading.unnamed == unnamed
    there = test_aws.read([test_aws.event("ec2", "xx-new-1")], regions=(region,))
    assert "xx-new-1" not in there.unnamed


@pytest.mark.parametrize("region", ["Virgina", "us-east", "us-east-1a", "useast1", "everywhere"])
def test_what_can_be_no_region_is_refused(region: str) -> None:
    with pytest.raises(ValidationError, match="is no region"):
        AwsSource(regions=("us-east-1", region))
