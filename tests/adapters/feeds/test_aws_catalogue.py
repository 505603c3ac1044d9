"""What AWS offers, and what of it is watched: the list of all services and regions at a trial."""

import json
from typing import Any

import pytest
from aiohttp import web

from tests.adapters.feeds.test_aws import SLOW, event
from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.aws import AwsKind
from tocsin.detection.signals.ports import Probe, SourceSpec
from tocsin.platform.http import OutgoingClient


def offered(service: str, region: str | None = "us-east-1", name: str = "") -> dict[str, Any]:
    return {
        "service": f"{service}-{region}" if region else service,
        "service_name": name or f"Amazon {service.upper()}",
        "region_id": region,
        "region_name": {"us-east-1": "N. Virginia"}.get(region or ""),
    }


SERVICES = [
    offered("ec2"),
    offered("s3"),
    offered("lambda", name="AWS Lambda"),
    offered("ec2", "eu-west-1"),
    offered("iam", None, "AWS Identity and Access Management"),
]


async def tried(
    client: OutgoingClient, serve: Serve, listed: Any, *components: str, region: str = "us-east-1"
) -> Probe:
    async def dashboard(asked: web.Request) -> web.Response:
        if asked.path == "/services.json":
            return web.Response(body=json.dumps(listed).encode(), status=200 if listed else 404)
        return web.Response(body=json.dumps([event("s3")]).encode("utf-16"))

    server = await serve(dashboard)
    page = str(server.make_url("")).rstrip("/")
    spec = SourceSpec("aws", page, components, {"regions": [region]})
    probe = await AwsKind(f"{page}/services.json").probe(spec, client)
    assert isinstance(probe, Probe), probe
    return probe


async def test_testing_lists_all_services_of_the_regions_and_misses_a_misspelt_one(
    client: OutgoingClient, serve: Serve
) -> None:
    probe = await tried(client, serve, SERVICES, "ec2", "lamda", "AWS Lambda", "iam", "S3")
    assert sorted(one.id for one in probe.components) == [
        "ec2-us-east-1",
        "iam",
        "lambda-us-east-1",
        "s3-us-east-1",
    ]
    assert [one.name for one in probe.reading.missing] == ["lamda"]
    assert probe.refused == ("lamda",)
    assert probe.reading.unnamed == ()
    assert {one.id: one.status for one in probe.reading.components}["s3-us-east-1"] is SLOW


@pytest.mark.parametrize(
    ("region", "refused"),
    [
        ("us-east-1", ()),
        ("N. Virginia", ()),
        ("us-east-1-atl-1a", ()),
        ("global", ()),
        ("us-esat-1", ("us-esat-1",)),
    ],
)
async def test_testing_misses_a_region_that_aws_does_not_have(
    client: OutgoingClient, serve: Serve, region: str, refused: tuple[str, ...]
) -> None:
    probe = await tried(client, serve, SERVICES, region=region)
    assert probe.refused == refused


@pytest.mark.parametrize("listed", [None, [], {"a": 1}, [{"name": "EC2"}]])
async def test_without_its_list_testing_takes_any_name(
    client: OutgoingClient, serve: Serve, listed: Any
) -> None:
    probe = await tried(client, serve, listed, "lamda")
    assert (probe.refused, probe.reading.unnamed, probe.reading.missing) == (None, ("lamda",), ())
