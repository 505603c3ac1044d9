"""How Google calls things: incidents by a headline, products by old names and by its own list."""

from typing import Any

import pytest
from aiohttp import web

from tests.adapters.feeds.test_google_incidents import KIND, RUN, SLOW, SQL, entry, read
from tests.platform.http.conftest import Serve
from tocsin.detection.signals.ports import Probe, SourceSpec
from tocsin.platform.http import OutgoingClient


def test_a_renamed_product_is_watched_by_its_old_name_as_well() -> None:
    renamed = SQL | {"title": "Cloud SQL for all"}
    history = [entry(renamed), entry(SQL, end="2026-11-20T11:00:00+00:00")]
    reading = read(history, "Cloud SQL")
    assert (reading.status, reading.missing, reading.unnamed) == (SLOW, (), ())
    assert [one.name for one in reading.components] == ["Cloud SQL for all"]
    assert read(history[:1], "Cloud SQL").unnamed == ("Cloud SQL",)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("**Title:**\nMail is late\n**Description:**\nSome mail is late.", "Mail is late"),
        ("**Summary**\nMail is late\n\n**Workaround**\nWait.", "Mail is late"),
        ("Title: Mail is late", "Mail is late"),
        ("Mail is **very** late", "Mail is very late"),
        ("**Title:**", "**Title:**"),
        ("Entitled mail", "Entitled mail"),
        ("Summary of what we know", "Summary of what we know"),
        (7, "7"),
        (None, "Incident without a description"),
    ],
)
def test_the_headline_of_a_description_is_the_name(written: Any, name: str) -> None:
    assert read([entry(SQL, external_desc=written)]).detail == name


@pytest.mark.parametrize("offered", [True, False])
async def test_testing_lists_all_products_and_misses_a_misspelt_one(
    client: OutgoingClient, serve: Serve, offered: bool
) -> None:
    async def google(asked: web.Request) -> web.Response:
        if asked.path == "/incidents.json":
            return web.json_response([entry(SQL)])
        assert asked.path == "/products.json"
        return web.json_response({"products": [SQL, RUN]} if offered else ["changed"])

    server = await serve(google)
    page = str(server.make_url("")).rstrip("/")
    probe = await KIND.probe(SourceSpec("google_cloud", page, ("Cloud Rum", "Cloud SQL")), client)
    assert isinstance(probe, Probe)
    assert probe.url == page
    assert probe.reading.status is SLOW
    if offered:
        assert [one.name for one in probe.components] == ["Cloud SQL", "Cloud Run"]
        assert [one.name for one in probe.reading.missing] == ["Cloud Rum"]
    else:
        assert not probe.reading.missing
