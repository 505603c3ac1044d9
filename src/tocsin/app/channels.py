"""The ways out of the house, by name."""

from tocsin.adapters.email import MailChannel, SmtpServer, read_sender, read_smtp_url
from tocsin.kernel.clock import Clock
from tocsin.platform.delivery import DRILL, Channel, DrillSink
from tocsin.platform.settings import BadSetting, Settings


def open_channels(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """Every channel there is; one that lacks its setting says which, and its messages wait."""
    return {"mail": open_mail(settings, clock), DRILL: DrillSink()}


def open_mail(settings: Settings, clock: Clock) -> MailChannel:
    """Mail by SMTP_URL and MAIL_FROM; a wrong value raises BadSetting."""
    try:
        sender = read_sender(settings.MAIL_FROM)
    except ValueError as error:
        raise BadSetting(f"MAIL_FROM: {error}") from None
    return MailChannel(_server(settings), sender, clock=clock)


def _server(settings: Settings) -> SmtpServer | None:
    if settings.SMTP_URL is None:
        return None
    try:
        return read_smtp_url(settings.SMTP_URL.get_secret_value())
    except ValueError as error:
        raise BadSetting(f"SMTP_URL: {error}") from None
