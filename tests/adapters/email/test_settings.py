"""SMTP_URL and MAIL_FROM, read strictly."""

import pytest

from tocsin.adapters.email import Sender, SmtpServer, StartTls, read_sender, read_smtp_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", SmtpServer("mail.example.org", 25)),
        ("smtp://mail.example.org:2525/", SmtpServer("mail.example.org", 2525)),
        ("smtps://mail.example.org", SmtpServer("mail.example.org", 465, tls=True)),
        (
            "smtp://ann%40x.org:p%2Fw%3A@mail.example.org?starttls=required",
            SmtpServer("mail.example.org", 587, "ann@x.org", "p/w:", starttls=StartTls.REQUIRED),
        ),
        (
            "smtp://[::1]:25?starttls=never&verify=false",
            SmtpServer("::1", 25, starttls=StartTls.NEVER, verify=False),
        ),
    ],
)
def test_the_usual_spellings(url: str, server: SmtpServer):
    assert read_smtp_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org:25",
        "http://mail.example.org",
        "smtp://",
        "smtp://host:port",
        "smtp://host:99999",
        "smtp://host/path",
        "smtp://host?starttls=maybe",
        "smtps://host?starttls=required",
        "smtp://host?verify=perhaps",
        "smtp://user:hunter2@host?timeout=3",
    ],
)
def test_a_wrong_one_is_named_without_its_password(url: str):
    with pytest.raises(ValueError, match=r"^(must|needs|knows|cannot) ") as caught:
        read_smtp_url(url)
    assert "hunter2" not in str(caught.value)


def test_a_password_is_never_shown():
    assert "hunter2" not in repr(read_smtp_url("smtp://user:hunter2@host"))


@pytest.mark.parametrize(
    ("url", "start_tls"),
    [
        ("smtp://mail.example.org", None),
        ("smtp://user:pw@mail.example.org", True),
        ("smtp://user:pw@localhost", None),
        ("smtp://user:pw@127.0.0.1", None),
        ("smtp://user:pw@mail.example.org?starttls=never", False),
        ("smtp://mail.example.org?starttls=required", True),
        ("smtps://user:pw@mail.example.org", False),
    ],
)
def test_a_password_leaves_this_machine_only_encrypted(url: str, start_tls: bool | None):
    assert read_smtp_url(url).start_tls is start_tls


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Tocsin <tocsin@example.org>", Sender("Tocsin", "tocsin@example.org")),
        ("tocsin@localhost", Sender("", "tocsin@localhost")),
        ('"Status, Ltd" <s@straße.example>', Sender("Status, Ltd", "s@xn--strae-oqa.example")),
    ],
)
def test_senders(text: str, sender: Sender):
    assert read_sender(text) == sender
    assert sender.header().isascii()


@pytest.mark.parametrize("text", ["", "Tocsin", "a@b@c", "jörg@example.org", "x@"])
def test_a_wrong_sender_is_refused(text: str):
    with pytest.raises(ValueError, match="must be a mail address"):
        read_sender(text)
