"""What a letter looks like when it arrives."""

import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

import pytest

from tests.adapters.email.claims import CONTENT, claimed
from tests.adapters.email.sink import MailSink, mail_sink
from tocsin.adapters.email import MailChannel, read_sender, read_smtp_url
from tocsin.adapters.email.form import form_of
from tocsin.adapters.email.post import post_of
from tocsin.kernel.clock import ManualClock
from tocsin.platform.delivery import DeliveryError, Fault

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SENDER = read_sender("Größe Status <status@example.org>")


@pytest.fixture
async def sink() -> AsyncIterator[MailSink]:
    async with mail_sink() as server:
        yield server


@pytest.fixture
async def mail(sink: MailSink) -> AsyncIterator[MailChannel]:
    channel = MailChannel(read_smtp_url(sink.url), SENDER, clock=ManualClock(NOW))
    yield channel
    await channel.close()


async def test_a_letter_arrives_as_text_and_html_with_its_slots_filled(
    mail: MailChannel, sink: MailSink
):
    delivery = claimed()
    result = await mail.send(delivery)
    assert result.answer == "250 taken as 1"
    [letter] = sink.letters
    assert (letter.sender, letter.recipient) == ("status@example.org", "ann@example.org")
    assert letter.text == (
        "Payments are down.\n\nTo stop: https://status.example.org/unsubscribe/t0ken?a=1&b=2\n"
    )
    assert 'href="https://status.example.org/unsubscribe/t0ken?a=1&amp;b=2"' in letter.html
    assert letter.message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert letter.message.defects == []


async def test_its_headers_say_who_when_and_how_to_stop(mail: MailChannel, sink: MailSink):
    delivery = claimed(id=UUID(int=0xABC))
    await mail.send(delivery)
    headers = sink.letters[0].message
    assert headers["From"] == "Größe Status <status@example.org>"
    assert headers["To"] == "ann@example.org"
    assert headers["Subject"] == "Payments are down"
    assert parsedate_to_datetime(headers["Date"]) == NOW
    assert headers["Message-ID"] == f"<{UUID(int=0xABC).hex}@example.org>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == ("<https://status.example.org/unsubscribe/t0ken?a=1&b=2>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_every_attempt_carries_the_same_message_id(mail: MailChannel, sink: MailSink):
    delivery = claimed()
    await mail.send(delivery)
    await mail.send(delivery)
    assert len({letter.message["Message-ID"] for letter in sink.letters}) == 1


async def test_letters_about_the_same_thing_belong_together(mail: MailChannel, sink: MailSink):
    for thread in ("incident:one", "incident:one", "incident:two"):
        await mail.send(claimed(thread=thread))
    first, second, third = (letter.message["References"] for letter in sink.letters)
    assert first == second != third
    assert "incident" not in first


@pytest.mark.parametrize(
    ("link", "one_click"),
    [("https://x.example/u/1", True), ("http://x.example/u/1", False)],
)
async def test_one_click_is_promised_over_https_only(
    mail: MailChannel, sink: MailSink, link: str, one_click: bool
):
    await mail.send(claimed(slots={"unsubscribe_url": link}))
    headers = sink.letters[0].message
    assert headers["List-Unsubscribe"] == f"<{link}>"
    assert ("List-Unsubscribe-Post" in headers) is one_click


@pytest.mark.parametrize(
    "slots",
    [{}, {"unsubscribe_url": "https://x/\r\nBcc: evil@example.org"}, {"unsubscribe_url": "x>"}],
)
async def test_without_a_sound_link_there_is_no_unsubscribe_header(
    mail: MailChannel, sink: MailSink, slots: dict[str, str]
):
    await mail.send(claimed(slots=slots))
    headers = sink.letters[0].message
    assert "List-Unsubscribe" not in headers
    assert "Bcc" not in headers


EVIL = "Down\r\nBcc: evil@example.org\r\n\r\nNew body\x85Reply-To: evil@example.org\u2028X: y"


async def test_no_text_can_add_a_header(mail: MailChannel, sink: MailSink):
    content = {"subject": EVIL + " {{name}}", "from_name": EVIL}
    await mail.send(claimed(content=content, slots={"name": EVIL}))
    [letter] = sink.letters
    plain = sink.letters[0].raw.partition(b"\r\n\r\n")[0]
    assert not re.search(rb"^(bcc|reply-to|x):", plain, re.IGNORECASE | re.MULTILINE)
    assert letter.text.startswith("Payments are down.")
    assert letter.message["Subject"].startswith("Down Bcc: evil@example.org New body")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c",
        "a b@example.org",
        "ann@example.org\r\nRCPT TO:<evil@example.org>",
        "<ann@example.org>",
        "ann@example.org, evil@example.org",
        "x" * 65 + "@example.org",
        "ann@" + "x" * 300,
        "ann@exa mple.org",
        "ann@\u3002",
    ],
)
async def test_what_is_no_address_is_refused_before_anybody_is_asked(
    mail: MailChannel, sink: MailSink, address: str
):
    with pytest.raises(DeliveryError) as caught:
        await mail.send(claimed(address))
    assert caught.value.permanent
    assert caught.value.fault is Fault.ENDPOINT
    assert "\n" not in caught.value.answer
    assert sink.connections == 0


async def test_addresses_and_words_outside_ascii_arrive(mail: MailChannel, sink: MailSink):
    content = {
        "subject": "Störung: 支払い " + "é" * 60,
        "text": "Naïve café 鐘\n" + "ß" * 500 + "\n.\n..dots\nFrom here\n\ttab \n{{who}}{{who}}!",
        "html": "<p>鐘 " + "x" * 2000 + "</p>",
    }
    await mail.send(claimed("jörg@straße.example", content=content, slots={"who": "Zoë ."}))
    [letter] = sink.letters
    assert letter.recipient == "jörg@xn--strae-oqa.example"
    assert letter.message["Subject"] == content["subject"]
    assert letter.text == content["text"].replace("{{who}}", "Zoë .")
    assert letter.html == content["html"]
    assert max(map(len, letter.raw.split(b"\r\n"))) <= 998


async def test_a_server_without_smtputf8_gets_only_ascii_addresses():
    async with mail_sink(enable_SMTPUTF8=False) as sink:
        mail = MailChannel(read_smtp_url(sink.url), SENDER)
        await mail.send(claimed("ann@straße.example"))
        assert sink.letters[0].recipient == "ann@xn--strae-oqa.example"
        with pytest.raises(DeliveryError) as caught:
            await mail.send(claimed("jörg@example.org"))
        assert caught.value.permanent
        assert sink.connections == 1
        await mail.close()


@pytest.mark.parametrize("value", ["", "=", "=\n", "a\r\nb", " ", "{{other}}", "x" * 200, "é" * 99])
async def test_any_slot_value_survives_the_encoding(mail: MailChannel, sink: MailSink, value: str):
    content = {"text": "{{v}}|{{v}}\nend {{v}}\n", "html": "{{v}}<b>{{v}}</b>{{missing}}"}
    await mail.send(claimed(content=content, slots={"v": value, "other": "never"}))
    [letter] = sink.letters
    shown = value.replace("\r\n", "\n")
    assert letter.text == f"{shown}|{shown}\nend {shown}\n"
    assert letter.html == f"{shown}<b>{shown}</b>"


def test_filling_a_form_is_cheap():
    """DEPENDENCIES: the standard classes cost 1.6 ms per mail."""
    content = {**CONTENT, "html": CONTENT["html"] + "<p>Words in a row.</p>\n" * 400}
    deliveries = [claimed(f"p{n}@example.org", content=content) for n in range(300)]
    form = form_of(content, deliveries[0].digest)
    began = time.process_time()
    for delivery in deliveries:
        post_of(delivery, form, SENDER, NOW)
    assert (time.process_time() - began) / len(deliveries) < 0.0008
