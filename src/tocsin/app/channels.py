"""The ways out of the house, by name."""

from tocsin.adapters.email import MailChannel, SmtpServer, read_sender, read_smtp_url
from tocsin.adapters.slack import SlackChannel
from tocsin.adapters.webhook import WebhookChannel
from tocsin.kernel.clock import Clock
from tocsin.platform.delivery import Channel, DrillSink
from tocsin.platform.http import OutgoingClient
from tocsin.platform.secrets import Secrets
from tocsin.platform.settings import BadSetting, Settings


def open_channels(
    settings: Settings, clock: Clock, client: OutgoingClient, secrets: Secrets
) -> dict[str, Channel]:
    """Every channel there is; one that lacks its setting says which, and its messages wait."""
    ways: list[Channel] = [
        open_mail(settings, clock),
        SlackChannel(client, secrets),
        WebhookChannel(client, secrets, clock=clock),
        DrillSink(),
    ]
    return {way.name: way for way in ways}


def open_mail(settings: Settings, clock: Clock) -> MailChannel:
    """Mail by SMTP_URL and MAIL_FROM; a wrong value raises BadSetting."""
    try:
        sender = read_sender(settings.MAIL_FROM)
    except ValueError as error:
        raise BadSetting(f"MAIL_FROM: {error}") from None
    return MailChannel(mail_server(settings), sender, clock=clock)


def mail_server(settings: Settings) -> SmtpServer | None:
    """What SMTP_URL names, None where it is unset; a wrong value raises BadSetting."""
    if settings.SMTP_URL is None:
        return None
    try:
        return read_smtp_url(settings.SMTP_URL.get_secret_value())
    except ValueError as error:
        raise BadSetting(f"SMTP_URL: {error}") from None
