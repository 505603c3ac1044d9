"""The public events of AWS: encodings, regions, and the retired data.json."""

import codecs
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError

from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.aws import AwsKind, AwsSource
from tocsin.app.feeds import FEEDS
from tocsin.detection.signals import Kinds
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.errors import Invalid
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

KIND = AwsKind()
UP, SLOW, DOWN, DARK = (
    Status.OPERATIONAL,
    Status.DEGRADED,
    Status.MAJOR_OUTAGE,
    Status.UNKNOWN,
)


def event(
    service: str = "ec2", region: str = "us-east-1", *, key: str | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "arn": f"arn:aws:health:{region}::event/{service.upper()}/ISSUE/1",
        "date": "1763632800",
        "region_name": {"us-east-1": "N. Virginia", "eu-west-1": "Ireland"}.get(region, ""),
        "service": key or f"{service}-{region}",
        "service_name": f"Amazon {service.upper()}",
        "status": "2",
        "summary": "Increased error rates",
        "event_log": [{"status": 2, "message": "…", "timestamp": 1763632800}],
        "impacted_services": {},
    } | more


def parse(payload: Any, *components: str, regions: tuple[str, ...] = ("us-east-1",)) -> Any:
    spec = SourceSpec("aws", None, components, {"regions": list(regions)})
    return KIND.parse(json.dumps(payload).encode("utf-16"), spec)


def read(payload: Any, *components: str, regions: tuple[str, ...] = ("us-east-1",)) -> Reading:
    reading = parse(payload, *components, regions=regions)
    assert isinstance(reading, Reading), reading
    return reading


@pytest.mark.parametrize(
    ("components", "status"),
    [
        ([], SLOW),
        (["billingconsole"], SLOW),
        (["AWS Billing Console"], SLOW),
        (["ec2"], UP),
        (["ec2-us-east-1", "route53"], UP),
    ],
)
def test_the_recorded_data_json_means_what_it_says(
    vendor_feeds: Path, components: list[str], status: Status
) -> None:
    body = (vendor_feeds / "aws-data-json-legacy" / "data-current-1.json").read_bytes()
    spec = SourceSpec("aws", None, tuple(components), {"regions": ["eu-west-1"]})
    reading = KIND.parse(body, spec)
    assert isinstance(reading, Reading)
    assert (reading.status, reading.missing) == (status, ())
    assert not reading.incidents or reading.incidents[0].started_at == datetime(
        2023, 4, 16, 14, 41, 48, tzinfo=UTC
    )


def test_the_recorded_archive_is_limited_to_a_region(vendor_feeds: Path) -> None:
    file = vendor_feeds / "aws-data-json-legacy" / "data-current-1.json"
    archive = json.loads(file.read_bytes())["archive"]
    reopened = [
        one | {"summary": one["summary"].replace("[RESOLVED]", ""), "status": "3"}
        for one in archive
    ]
    assert read({"current": archive, "archive": []}, regions=("cn-north-1",)).status is not DOWN
    reading = read({"current": reopened}, regions=("ap-northeast-2",))
    groups = {one.group for one in reading.components}
    assert "Seoul" in groups
    assert groups.isdisjoint({"Oregon", "N. Virginia", "Ireland", "Tokyo"})


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("is_marked", [True, False])
def test_the_encoding_is_seen_in_the_body(encoding: str, is_marked: bool) -> None:
    marks = {
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-8": codecs.BOM_UTF8,
    }
    written = json.dumps([event(summary="Fehler in São Paulo")], ensure_ascii=False)
    body = (marks[encoding] if is_marked else b"") + written.encode(encoding)
    reading = KIND.parse(body, SourceSpec("aws"))
    assert isinstance(reading, Reading)
    assert reading.detail == "Amazon EC2: Fehler in São Paulo"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", PollFailureKind.EMPTY),
        (codecs.BOM_UTF16_LE, PollFailureKind.EMPTY),
        (codecs.BOM_UTF16_BE + " \r\n".encode("utf-16-be"), PollFailureKind.EMPTY),
        ("<html>sorry</html>".encode("utf-16"), PollFailureKind.HTML),
        (b"<html>sorry</html>", PollFailureKind.HTML),
        ("[".encode("utf-16"), PollFailureKind.NOT_JSON),
        ("[]".encode("utf-16")[:-1], PollFailureKind.NOT_JSON),
        (b"\xff\xfe\x00\xd8", PollFailureKind.NOT_JSON),
        (b"\x00", PollFailureKind.NOT_JSON),
        (b"\x80\x81", PollFailureKind.NOT_JSON),
        (b"[" * 200_000, PollFailureKind.NOT_JSON),
        (b"{}", PollFailureKind.SCHEMA),
        (b'{"current": {}}', PollFailureKind.SCHEMA),
        (b'{"archive": []}', PollFailureKind.SCHEMA),
        (b"[null]", PollFailureKind.SCHEMA),
        (b'[{"id": 1}]', PollFailureKind.SCHEMA),
        (b'[{"service": "ec2", "status": 3, "impacted_services": "x"}]', PollFailureKind.SCHEMA),
        (b'[{"service": "e", "status": 3, "impacted_services": {"a": 1}}]', PollFailureKind.SCHEMA),
    ],
    ids=range(18),
)
def test_a_broken_answer_is_a_failure(body: bytes, kind: PollFailureKind) -> None:
    outcome = KIND.parse(body, SourceSpec("aws"))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is kind


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("0", UP),
        (0, UP),
        ("1", UP),
        (1, UP),
        ("2", SLOW),
        (2.0, SLOW),
        ("3", DOWN),
        (3, DOWN),
        (" 3 ", DOWN),
        ("4", DARK),
        ("down", DARK),
        (None, DARK),
        (True, DARK),
        (1e400, DARK),
    ],
)
def test_the_number_is_the_status(written: Any, status: Status) -> None:
    reading = read([event(status=written)])
    assert reading.status is status
    assert read([event(status=written)], "ec2").components[0].status is status
    assert bool(reading.incidents) == (written not in ("0", 0) or written is None)


@pytest.mark.parametrize("none", [[], {"current": []}, {"current": None, "archive": None}])
def test_no_event_means_that_all_works(none: Any) -> None:
    reading = read(none, "ec2", "Amazon S3")
    assert (reading.status, reading.missing) == (UP, ())
    assert [one.raw for one in reading.components] == ["nothing reported"] * 2


@pytest.mark.parametrize(
    ("one", "regions", "is_here"),
    [
        (event(), ("us-east-1",), True),
        (event(), ("US-EAST-1",), True),
        (event(), ("N. Virginia",), True),
        (event(), ("eu-west-1", "Ireland"), False),
        (event(), ("eu-west-1", "us-east-1"), True),
        (event("iam", "global"), ("eu-west-1",), True),
        (event(arn=None, region_name=None, key="billingconsole"), ("eu-west-1",), True),
        (event(arn=None, region_name=None), ("us-east-1",), True),
        (event(arn=None, region_name=None), ("eu-west-1",), False),
        (
            event(arn=None, region_name="", key="vpn", service_name="AWS VPN (Ireland)"),
            ("eu-west-1",),
            True,
        ),
        (
            event(arn=None, region_name="", key="r53", service_name="Route 53 (US-West)"),
            ("us-west-2",),
            True,
        ),
        (
            event(arn=None, region_name="", key="r53", service_name="Route 53 (US-West)"),
            ("eu-west-1",),
            False,
        ),
        (
            event(arn=None, region_name="", key="cdn", service_name="CloudFront (the edge)"),
            ("eu-west-1",),
            True,
        ),
        (
            event(impacted_services={"s3-eu-west-1": {"service_name": "S3", "current": "2"}}),
            ("eu-west-1",),
            True,
        ),
    ],
    ids=range(14),
)
def test_regions_limit_what_counts(
    one: dict[str, Any], regions: tuple[str, ...], is_here: bool
) -> None:
    assert read([one], regions=regions).status is (SLOW if is_here else UP)


def test_services_are_watched_by_code_key_or_name() -> None:
    impacted = {
        "ec2-us-east-1": {"service_name": "Amazon EC2", "current": "3", "max": "3"},
        "s3-us-east-1": {"service_name": "Amazon S3", "current": 1, "max": "2"},
        "rds-us-east-1": {"service_name": "Amazon RDS", "current": "0", "max": "2"},
    }
    payload = [event("multipleservices", status="3", impacted_services=impacted)]
    for name in ("ec2", "EC2", "ec2-us-east-1", "amazon ec2", "us-east-1 / Amazon EC2"):
        reading = read(payload, name)
        assert (reading.status, reading.missing) == (DOWN, ()), name
        assert [one.status for one in reading.components] == [DOWN]
    assert {one.name: one.status for one in read(payload).components} == {
        "Amazon EC2": DOWN,
        "Amazon S3": UP,
    }
    assert read(payload, "rds").status is UP


def test_of_an_event_in_several_regions_only_the_watched_ones_are_listed() -> None:
    impacted = {
        "ec2-us-east-1": {"service_name": "Amazon EC2", "current": "1"},
        "ec2-eu-west-1": {"service_name": "Amazon EC2", "current": "3"},
    }
    one = event(status="1", impacted_services=impacted)
    assert [(found.id, found.status) for found in read([one], "ec2").components] == [
        ("ec2-us-east-1", UP)
    ]
    assert read([one], "ec2", regions=("Ireland",)).status is DOWN


def test_an_event_may_name_its_services_as_impacted_ones_only() -> None:
    one = {
        "summary": "S3 errors",
        "region_name": "us-east-1",
        "status": "3",
        "impacted_services": {"s3": {"service_name": "Amazon S3"}},
    }
    assert [(at.id, at.status) for at in read([one], "Amazon S3").components] == [("s3", DOWN)]
    assert read([one], regions=("eu-west-1",)).status is UP


def test_an_event_of_multiple_services_that_names_none_concerns_everybody() -> None:
    one = event("multipleservices", service_name="Multiple services (N. Virginia)")
    assert read([one], "s3").status is SLOW
    assert read([one], "s3", regions=("eu-west-1",)).status is UP


@pytest.mark.parametrize(
    "more",
    [
        {"summary": "[RESOLVED] Increased error rates"},
        {"end_time": "1763636400"},
        {"endTime": 1763636400},
    ],
)
def test_what_is_over_does_not_count(more: dict[str, Any]) -> None:
    assert read([event(**more)]).status is UP


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("1763632800", datetime(2025, 11, 20, 10, tzinfo=UTC)),
        (1763632800, datetime(2025, 11, 20, 10, tzinfo=UTC)),
        (1763632800000, datetime(2025, 11, 20, 10, tzinfo=UTC)),
        ("2025-11-20T10:00:00Z", datetime(2025, 11, 20, 10, tzinfo=UTC)),
        ("yesterday", None),
        (10**300, None),
        (-(10**17), None),
        (None, None),
    ],
)
def test_the_date_is_read_however_it_is_written(written: Any, instant: datetime | None) -> None:
    assert read([event(date=written)]).incidents[0].started_at == instant


def test_a_longer_log_is_no_change() -> None:
    longer = event(event_log=[{"message": "a"}, {"message": "b"}])
    assert read([event()]).signature == read([longer]).signature


@pytest.mark.parametrize("wrong", [{}, {"regions": []}, {"regions": [""]}, {"regions": "x"}])
def test_regions_must_be_given(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="regions"):
        AwsSource.model_validate(wrong)


@pytest.mark.parametrize(
    ("component", "regions", "is_fine"),
    [
        ("ec2-eu-west-1", ("us-east-1",), False),
        ("ec2-eu-west-1", ("us-east-1", "eu-west-1"), True),
        ("ec2-eu-west-1", ("Ireland",), True),
        ("ec2", ("us-east-1",), True),
        ("Amazon EC2", ("us-east-1",), True),
    ],
)
def test_a_component_of_another_region_would_be_green_for_ever_and_is_refused(
    component: str, regions: tuple[str, ...], is_fine: bool
) -> None:
    if is_fine:
        assert AwsSource(regions=regions, components=(component,)).components == (component,)
    else:
        with pytest.raises(ValidationError, match="is in none of the regions"):
            AwsSource(regions=regions, components=(component,))


def test_a_service_without_regions_is_told_which_field_lacks(client: OutgoingClient) -> None:
    with pytest.raises(Invalid) as caught:
        Kinds(FEEDS, client).check({"kind": "aws"})
    assert [error.field for error in caught.value.errors] == ["source.regions"]


def test_the_wire_form_becomes_a_specification() -> None:
    assert spec_of(AwsSource(regions=("us-east-1",))) == SourceSpec(
        "aws", "https://health.aws.amazon.com", (), {"regions": ["us-east-1"]}
    )


async def test_aws_is_polled_at_its_current_events(client: OutgoingClient, serve: Serve) -> None:
    async def aws(asked: web.Request) -> web.Response:
        assert asked.path == "/public/currentevents"
        return web.Response(body=json.dumps([event()]).encode("utf-16"), content_type="text/plain")

    server = await serve(aws)
    spec = SourceSpec("aws", str(server.make_url("")).rstrip("/"), (), {"regions": ["us-east-1"]})
    outcome, _ = await KIND.poll(spec, client, NO_VALIDATORS)
    assert isinstance(outcome, Reading)
    assert outcome.status is SLOW
