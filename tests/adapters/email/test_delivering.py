"""Handing letters over: few connections, honest failures, nothing sent twice by itself."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.adapters.email.claims import claimed
from tests.adapters.email.sink import MailSink, mail_sink
from tocsin.adapters.email import MailChannel, read_sender, read_smtp_url
from tocsin.platform.delivery import DeliveryError, Fault

SENDER = read_sender("status@example.org")


@pytest.fixture
async def sink() -> AsyncIterator[MailSink]:
    async with mail_sink() as server:
        yield server


@pytest.fixture
async def mail(sink: MailSink) -> AsyncIterator[MailChannel]:
    channel = MailChannel(read_smtp_url(sink.url), SENDER)
    yield channel
    await channel.close()


async def failure(mail: MailChannel, to: str = "ann@example.org") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await mail.send(claimed(to))
    return caught.value


async def test_letters_one_after_the_other_share_a_connection(mail: MailChannel, sink: MailSink):
    for _ in range(5):
        await mail.send(claimed())
    assert (len(sink.letters), sink.connections) == (5, 1)


async def test_never_more_than_eight_connections(mail: MailChannel, sink: MailSink):
    sink.hold = asyncio.Event()
    sending = [asyncio.create_task(mail.send(claimed(f"p{n}@example.org"))) for n in range(30)]
    await asyncio.sleep(0.3)
    assert sink.open_now == 8
    sink.hold.set()
    await asyncio.gather(*sending)
    assert sorted(letter.recipient for letter in sink.letters) == sorted(
        f"p{n}@example.org" for n in range(30)
    )
    assert (sink.connections, sink.most_open) == (8, 8)


async def test_a_server_that_hung_up_meanwhile_is_called_again(mail: MailChannel, sink: MailSink):
    await mail.send(claimed())
    sink.hang_up()
    await mail.send(claimed())
    assert (len(sink.letters), sink.connections) == (2, 2)


async def test_a_line_that_breaks_after_the_letter_was_handed_over_is_not_tried_again(
    mail: MailChannel, sink: MailSink
):
    """Only the ledger may repeat what may have been taken: under the same id, and on the record."""
    await mail.send(claimed())
    sink.drop_after_accepting = True
    error = await failure(mail)
    assert (error.permanent, error.fault) == (False, Fault.TRANSPORT)
    assert len(sink.letters) == 2


@pytest.mark.parametrize(
    ("stage", "answer", "permanent", "fault"),
    [
        ("on_rcpt", "450 4.2.0 greylisted", False, Fault.ENDPOINT),
        ("on_rcpt", "550 5.1.1 no such user", True, Fault.ENDPOINT),
        ("on_rcpt", "554 5.7.1 relaying denied", True, Fault.MESSAGE),
        ("on_mail", "451 4.3.0 try later", False, Fault.MESSAGE),
        ("on_mail", "553 5.1.8 not your sender", True, Fault.MESSAGE),
        ("on_data", "451 4.7.1 later", False, Fault.MESSAGE),
        ("on_data", "554 5.6.0 looks like spam", True, Fault.MESSAGE),
        ("on_rcpt", "421 4.3.2 closing", False, Fault.TRANSPORT),
        ("on_data", "421 4.3.2 closing", False, Fault.TRANSPORT),
    ],
)
async def test_refusals_say_whose_fault_it_was(
    mail: MailChannel, sink: MailSink, stage: str, answer: str, permanent: bool, fault: Fault
):
    setattr(sink, stage, lambda _: answer)
    error = await failure(mail)
    assert (error.permanent, error.fault) == (permanent, fault)
    assert error.answer.startswith("The mail server refused the ")
    assert error.answer.endswith(answer)
    setattr(sink, stage, lambda _: None)
    await mail.send(claimed("ben@example.org"))
    assert [letter.recipient for letter in sink.letters] == ["ben@example.org"]


async def test_after_a_refusal_the_connection_is_used_again(mail: MailChannel, sink: MailSink):
    sink.on_rcpt = lambda to: "550 no" if to.startswith("bad") else None
    for to in ("bad@example.org", "good@example.org", "bad@example.org"):
        try:
            await mail.send(claimed(to))
        except DeliveryError as error:
            assert error.permanent  # noqa: PT017 - one of three refuses
    assert sink.connections == 1


async def test_a_server_that_is_not_there_is_nobodys_address():
    mail = MailChannel(read_smtp_url("smtp://127.0.0.1:9"), SENDER)
    error = await failure(mail)
    assert (error.permanent, error.fault) == (False, Fault.TRANSPORT)
    assert error.answer.startswith("The mail server could not be reached: ")


async def test_a_letter_that_is_given_up_midway_spoils_no_connection(
    mail: MailChannel, sink: MailSink
):
    await mail.send(claimed())
    sink.hold = asyncio.Event()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await mail.send(claimed("slow@example.org"))
    sink.hold.set()
    sink.hold = None
    await mail.send(claimed("next@example.org"))
    assert sink.connections == 2
    assert sink.letters[-1].recipient == "next@example.org"


async def test_without_a_server_the_channel_names_its_setting(mail: MailChannel):
    assert MailChannel(None, SENDER).missing_setting == "SMTP_URL"
    assert mail.missing_setting is None
    await MailChannel(None, SENDER).close()


async def test_closing_takes_leave_of_the_server(mail: MailChannel, sink: MailSink):
    await mail.send(claimed())
    await mail.close()
    await asyncio.sleep(0.05)
    assert sink.open_now == 0


async def test_a_password_is_given_and_a_wrong_one_is_nobodys_address():
    async with mail_sink(password="s3cret/ü") as sink:
        right = read_smtp_url(f"smtp://ann%40x:s3cret%2F%C3%BC@127.0.0.1:{sink.port}")
        mail = MailChannel(right, SENDER)
        await mail.send(claimed())
        await mail.close()
        wrong = MailChannel(read_smtp_url(f"smtp://ann:nope@127.0.0.1:{sink.port}"), SENDER)
        error = await failure(wrong)
        assert (error.permanent, error.fault) == (False, Fault.TRANSPORT)
        assert "nope" not in error.answer
        assert len(sink.letters) == 1


class TestEncryption:
    """Against a server whose certificate this machine trusts, or does not."""

    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = dt.datetime.now(dt.UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256())
        )
        path = tmp_path / "server.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        return path

    @pytest.fixture
    def context(self, certificate: Path) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        return context

    @pytest.fixture
    def trusted(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    @pytest.mark.usefixtures("trusted")
    async def test_encryption_is_used_where_it_is_offered(self, context: ssl.SSLContext):
        async with mail_sink(tls=context) as sink:
            mail = MailChannel(read_smtp_url(f"smtp://localhost:{sink.port}"), SENDER)
            await mail.send(claimed())
            await mail.close()
            assert sink.letters[0].encrypted

    @pytest.mark.usefixtures("trusted")
    async def test_encryption_from_the_start(self, context: ssl.SSLContext):
        async with mail_sink(wrapped=context) as sink:
            mail = MailChannel(read_smtp_url(f"smtps://localhost:{sink.port}"), SENDER)
            await mail.send(claimed())
            await mail.close()
            assert len(sink.letters) == 1

    async def test_an_unknown_certificate_is_refused_unless_told_otherwise(
        self, context: ssl.SSLContext
    ):
        async with mail_sink(tls=context) as sink:
            url = f"smtp://localhost:{sink.port}?starttls=required"
            error = await failure(MailChannel(read_smtp_url(url), SENDER))
            assert error.fault is Fault.TRANSPORT
            assert "certificate" in error.answer
            mail = MailChannel(read_smtp_url(f"{url}&verify=false"), SENDER)
            await mail.send(claimed())
            await mail.close()
            assert [letter.encrypted for letter in sink.letters] == [True]

    async def test_a_server_that_cannot_encrypt_gets_nothing_that_must_be_encrypted(
        self, sink: MailSink
    ):
        mail = MailChannel(read_smtp_url(f"{sink.url}?starttls=required"), SENDER)
        assert (await failure(mail)).fault is Fault.TRANSPORT
        assert sink.letters == []
