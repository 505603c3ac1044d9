import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.communication.statuspage.page_samples import (
    NOW,
    PAGE,
    at,
    bad_day,
    component,
    empty_page,
    ended_incident,
    good_day,
    open_incident,
    page,
    update,
)
from tocsin.communication.statuspage.rendering import (
    CONTENT_SECURITY_POLICY,
    GroupView,
    Notice,
    PageView,
    PublicPhase,
    RenderedFile,
    render_confirm_form,
    render_notice,
    render_page,
    render_unsubscribe_form,
)
from tocsin.communication.statuspage.rendering import bundle as bundling
from tocsin.kernel.status import Status

SAMPLES = {"bad day": bad_day(), "good day": good_day(), "empty": empty_page()}
ASSETS = Path(bundling.__file__).parent / "assets"
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


class Reader(HTMLParser):
    """Collects what the tests ask about a page."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(body.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if data.strip():
            self.text.append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def words(self) -> str:
        return " ".join(self.text)


def html_of(view: PageView, path: str = "index.html") -> Reader:
    return Reader(render_page(view, now=NOW)[path].body)


def html_files(view: PageView) -> dict[str, RenderedFile]:
    return {
        path: rendered
        for path, rendered in render_page(view, now=NOW).items()
        if rendered.content_type.startswith("text/html")
    }


def test_the_tree_holds_every_file_a_reader_may_ask_for():
    paths = {path for path in render_page(bad_day(), now=NOW) if not path.startswith("assets/")}
    assert paths == {
        "index.html",
        "404.html",
        "history.html",
        "history/2026-11.html",
        "history/2026-08.html",
        "incidents/k7Qm2xVb.html",
        "incidents/h1.html",
        "incidents/h2.html",
        "incidents/h3.html",
        "feed.rss",
        "feed.atom",
        "page.json",
        "favicon.svg",
    }


@pytest.mark.parametrize("view", SAMPLES.values(), ids=SAMPLES)
def test_the_same_values_give_the_same_bytes(view: PageView):
    assert render_page(view, now=NOW) == render_page(view, now=NOW)


@pytest.mark.parametrize("view", SAMPLES.values(), ids=SAMPLES)
def test_every_link_of_the_tree_leads_into_the_tree(view: PageView):
    tree = render_page(view, now=NOW)
    answers = {"/status/main/" + path.removesuffix(".html") for path in tree} | {"/status/main"}
    for path, rendered in html_files(view).items():
        reader = Reader(rendered.body)
        for attrs in reader.all("a") + reader.all("link") + reader.all("script"):
            target = urlsplit(attrs.get("href") or attrs.get("src") or "")
            assert not target.path or target.path in answers, f"{path}: {target.path}"


@pytest.mark.parametrize("view", SAMPLES.values(), ids=SAMPLES)
def test_nothing_needs_what_the_policy_forbids(view: PageView):
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    for path, rendered in html_files(view).items():
        reader = Reader(rendered.body)
        assert not reader.all("style"), path
        assert all(script.get("src") for script in reader.all("script")), path
        handlers = [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
        assert handlers == [], path
        assert not [attrs for _, attrs in reader.tags if "style" in attrs], path


def test_ids_are_unique_and_every_reference_finds_its_target():
    for path, rendered in html_files(bad_day()).items():
        reader = Reader(rendered.body)
        ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), path
        asked = {attrs["aria-labelledby"] for _, attrs in reader.tags if "aria-labelledby" in attrs}
        assert asked <= set(ids), path


def test_the_page_says_everything_without_its_script():
    words = html_of(bad_day()).words
    for expected in (
        "Card payments and Wallets have problems.",
        "The other two parts of Larkfield Pay work as usual.",
        "Shown as of 10:18",
        "Some card payments in Europe fail",
        "A database refuses new entries.",
        "One in five payments fails.",
        "Next update by 10:45",
        "Sunday 22 November, 02:00 – 03:30",
        "Resolved after 34 minutes. Every event was delivered.",
        "Times in Brussels (UTC+1)",
    ):
        assert expected in words


def test_every_instant_is_machine_readable():
    times = {attrs["datetime"] for attrs in html_of(bad_day()).all("time")}
    assert {"2026-11-21T08:52:00Z", "2026-11-21T09:14:00Z", "2026-11-21T09:45:00Z"} <= times


def test_bars_are_named_and_the_strip_sums_them_up():
    reader = html_of(bad_day())
    bars = reader.all("i")
    assert len(bars) == 4 * 90
    assert all(bar["title"] for bar in bars)
    strips = [attrs for _, attrs in reader.tags if "data-strip" in attrs]
    assert [strip["tabindex"] for strip in strips] == ["0"] * 4
    assert (strips[0]["aria-label"] or "").startswith("Card payments, 90 days: 99.9")


def test_days_without_data_are_hollow():
    bars = html_of(page(component("Payouts"))).all("i")
    assert {bar["class"] for bar in bars} == {"op"}
    payouts = [bar["class"] for bar in html_of(bad_day()).all("i")[-90:]]
    assert payouts == ["none"] * 6 + ["op"] * 84


def test_hostile_names_and_titles_stay_text():
    identity = replace(PAGE, name=HOSTILE, help_url='https://x.example/"><script>')
    incident = replace(open_incident(), title=HOSTILE)
    view = PageView(
        identity,
        (GroupView(HOSTILE, (component(HOSTILE, Status.DEGRADED),)),),
        (incident, replace(ended_incident("h1", at(7, 0)), title=HOSTILE)),
    )
    for path, rendered in html_files(view).items():
        assert b"<script>alert" not in rendered.body, path
        assert b"7*7" in rendered.body or path == "404.html", path
        assert len(Reader(rendered.body).all("script")) == 1, path
    assert HOSTILE in json.loads(render_page(view, now=NOW)["page.json"].body)["headline"]


def test_a_late_promise_is_called_late():
    view = replace(bad_day(), incidents=(replace(open_incident(), next_update_due=at(9, 0)),))
    assert "Next update was due 10:00" in html_of(view).words
    assert "Was due 10:00" in html_of(view, "incidents/k7Qm2xVb.html").words


def test_a_long_story_is_cut_on_the_page_and_whole_on_its_own():
    told = tuple(
        update(f"n{n}", PublicPhase.IDENTIFIED, f"Step {n}.", at(9, 14) - timedelta(minutes=n))
        for n in range(7)
    )
    view = page(incidents=(replace(open_incident(), updates=told),))
    assert "Step 3." in html_of(view).words
    assert "Step 4." not in html_of(view).words
    assert "Three earlier updates" in html_of(view).words
    assert "Step 6." in html_of(view, "incidents/k7Qm2xVb.html").words


def test_the_incident_page_says_what_is_hit_and_what_is_not():
    words = html_of(bad_day(), "incidents/k7Qm2xVb.html").words
    assert "Card payments and Wallets are affected." in words
    assert "Bank transfers, Payouts" in words
    tracks = [
        attrs["aria-label"]
        for attrs in html_of(bad_day(), "incidents/k7Qm2xVb.html").all("svg")
        if attrs.get("role") == "img"
    ]
    assert tracks == ["Card payments: Partial outage since 09:52", "Wallets: Degraded since 10:00"]


def test_what_has_recovered_is_no_longer_called_affected():
    cards, wallets = open_incident().impacts
    over = replace(wallets, spans=(replace(wallets.spans[0], ended_at=at(9, 10)),))
    view = replace(bad_day(), incidents=(replace(open_incident(), impacts=(cards, over)),))
    words = html_of(view, "incidents/k7Qm2xVb.html").words
    assert "Card payments is affected." in words
    assert "Wallets : Operational" in html_of(view).words
    calm = replace(open_incident(), impacts=(over,), phase=PublicPhase.MONITORING)
    words = html_of(page(incidents=(calm,)), "incidents/k7Qm2xVb.html").words
    assert "Operational Monitoring Some card payments" in words
    assert "Wallets was affected." in words


def test_a_resolved_incident_tells_how_long_it_lasted():
    words = html_of(bad_day(), "incidents/h2.html").words
    assert "1 hour 4 minutes" in words
    assert "API was affected." in words
    assert "Get updates by mail" not in words


@pytest.mark.parametrize(
    ("minutes", "labels"),
    [
        (3, ["08:30", "08:31", "08:32", "08:33"]),
        (64, ["08:30", "09:00", "09:34"]),
        (60 * 50, ["Wed 11 Nov, 00:00", "Thu 12 Nov, 00:00", "Fri 13 Nov, 10:30"]),
    ],
)
def test_the_axis_is_cut_at_round_times_of_the_page(minutes: int, labels: list[str]):
    view = page(incidents=(ended_incident("h1", at(7, 30, day=11), minutes),))
    body = render_page(view, now=NOW)["incidents/h1.html"].body.decode()
    axis = body[body.index('class="axis') :].partition("</svg>")[0]
    assert re.findall(r">([^<>\n]+)</text>", axis) == labels


def test_without_mail_there_is_no_form_but_there_are_feeds():
    view = replace(bad_day(), page=replace(PAGE, mail_offered=False))
    reader = html_of(view)
    assert reader.all("form") == []
    assert "RSS feed" in reader.words
    assert "Get updates by mail" not in html_of(view, "incidents/k7Qm2xVb.html").words


def test_an_empty_page_claims_nothing():
    words = html_of(empty_page()).words
    assert "Nothing is listed here yet." in words
    assert "No incidents" not in words
    assert "No incidents yet." in html_of(empty_page(), "history.html").words


def test_history_shows_recent_months_and_links_the_earlier_ones():
    past = tuple(ended_incident(f"h{n}", at(9, 0, day=3, month=n)) for n in range(3, 10))
    reader = html_of(page(incidents=past), "history.html")
    assert "Earlier months June 2026 May 2026 April 2026 March 2026" in reader.words
    month = html_of(page(incidents=past), "history/2026-05.html").words
    assert "Newer: June 2026" in month
    assert "Older: April 2026" in month


def test_page_json_says_what_the_script_needs():
    document = json.loads(render_page(bad_day(), now=NOW)["page.json"].body)
    assert document["status"] == "partial_outage"
    assert document["headline"] == "Card payments and Wallets have problems."
    assert document["components"][0] == {
        "id": "card-payments",
        "name": "Card payments",
        "group": "Payments",
        "status": "partial_outage",
        "uptime_percent": 99.94,
        "days": 90,
    }
    assert [incident["id"] for incident in document["incidents"]] == ["k7Qm2xVb"]
    assert document["digest"] in render_page(bad_day(), now=NOW)["index.html"].body.decode()


def test_assets_carry_their_hash_and_may_be_kept_for_ever():
    tree = render_page(good_day(), now=NOW)
    assets = {path: rendered for path, rendered in tree.items() if path.startswith("assets/")}
    assert len(assets) == 3
    assert all(rendered.immutable for rendered in assets.values())
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", path) for path in assets)
    assert not any(rendered.immutable for path, rendered in tree.items() if path not in assets)


def test_without_the_font_file_the_pages_use_the_letters_of_the_system(tmp_path: Path):
    for asset in ASSETS.iterdir():
        if asset.is_file():
            (tmp_path / asset.name).write_bytes(asset.read_bytes())
    tree = render_page(good_day(), now=NOW, bundle=bundling.bundle(tmp_path))
    assert not [path for path in tree if path.endswith(".woff2")]
    assert b"woff2" not in tree["index.html"].body
    styles = next(rendered.body for path, rendered in tree.items() if path.endswith(".css"))
    assert b"url(" not in styles
    assert b'"Inter fallback"' in styles


@pytest.mark.parametrize("notice", Notice)
@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_every_answer_has_a_title_a_text_and_a_way_back(notice: Notice, language: str):
    rendered = render_notice(replace(PAGE, language=language), notice, now=NOW)
    reader = Reader(rendered.body)
    assert {"class": "button", "href": "/status/main"} in reader.all("a")
    assert reader.all("html")[0]["lang"] == language
    assert {"name": "robots", "content": "noindex"} in reader.all("meta")


@pytest.mark.parametrize("render", [render_unsubscribe_form, render_confirm_form])
def test_a_link_from_a_mail_asks_before_it_acts(render):
    action = '/status/main/unsubscribe/abc"><script>'
    form = Reader(render(PAGE, f"https://elsewhere.example{action}", now=NOW).body).all("form")[0]
    assert form == {"method": "post", "action": action}


def test_a_page_on_its_own_domain_stands_at_its_root():
    identity = replace(PAGE, base_url="https://status.larkfield.example/")
    hrefs = {attrs["href"] for attrs in html_of(replace(bad_day(), page=identity)).all("a")}
    assert {"/", "/history", "/incidents/k7Qm2xVb", "/feed.rss"} <= hrefs


def test_an_id_that_could_leave_the_tree_is_refused():
    with pytest.raises(ValueError, match="public id"):
        replace(open_incident(), public_id="../index")
