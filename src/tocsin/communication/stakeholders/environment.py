"""Channels that the environment names: shown read-only, stored nowhere, sealed when used."""

from dataclasses import dataclass, field

from tocsin.platform.http import host_of
from tocsin.platform.secrets import Destination, Secrets

from .model import Channel, ChannelKind, Receives

SLACK_ID = "env-slack"
POLLER_ID = "env-poller"


@dataclass(frozen=True, slots=True)
class StakeholderSettings:
    """The Slack webhooks of the environment, and `public_url`, the base of every link.

    With `slack_acknowledges` alerts carry a button that takes them.
    """

    slack_webhook_url: str | None = field(default=None, repr=False)
    poller_health_url: str | None = field(default=None, repr=False)
    public_url: str = ""
    slack_acknowledges: bool = False


def environment_channels(settings: StakeholderSettings) -> list[Channel]:
    """The channels of the environment, without their URLs.

    Poller health goes to its own webhook where there is one, else to the general one.
    """
    found = []
    if settings.slack_webhook_url:
        own = () if settings.poller_health_url else (Receives.POLLER_HEALTH,)
        receives = (Receives.ALERTS, Receives.UPDATES, *own)
        found.append(_slack(SLACK_ID, "SLACK_WEBHOOK_URL", settings.slack_webhook_url, receives))
    if settings.poller_health_url:
        name, only = "POLLER_HEALTH_SLACK_WEBHOOK_URL", (Receives.POLLER_HEALTH,)
        found.append(_slack(POLLER_ID, name, settings.poller_health_url, only))
    return found


def sealed_url(settings: StakeholderSettings, channel_id: str, secrets: Secrets) -> str:
    """The sealed URL of a channel of the environment, for the ledger."""
    urls = {SLACK_ID: settings.slack_webhook_url, POLLER_ID: settings.poller_health_url}
    return Destination(urls[channel_id] or "").sealed(secrets)


def _slack(identifier: str, name: str, url: str, receives: tuple[Receives, ...]) -> Channel:
    return Channel(
        id=identifier,
        kind=ChannelKind.SLACK,
        name=name,
        address=host_of(url),
        sealed="",
        receives=receives,
        from_environment=True,
    )
