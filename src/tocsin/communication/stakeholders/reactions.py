"""What channels do when facts come in: each that wants to hear is told, and knows why."""

from dataclasses import dataclass

from tocsin.kernel.facts import Entry
from tocsin.platform.database import Tx
from tocsin.platform.delivery import Message, Recipient
from tocsin.platform.secrets import Secrets

from .bodies import body_for
from .environment import StakeholderSettings, sealed_url
from .model import RECIPIENT, Channel
from .news import News, news_of
from .queries import channels
from .rules import reason_to_tell


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells channels; `secrets` seals what the environment holds in the clear."""

    settings: StakeholderSettings
    secrets: Secrets

    def __call__(self, tx: Tx, cause: Entry) -> None:
        """Enter one message per channel that wants to hear of a fact; safe to repeat."""
        told = [
            (channel, reason)
            for channel in channels(tx, self.settings)
            if (reason := reason_to_tell(channel, cause)) is not None
        ]
        if not told:
            return
        news = news_of(tx, cause, self.settings.public_url)
        tx.send_all([self.message(channel, news, cause, reason) for channel, reason in told])

    def message(self, channel: Channel, news: News, cause: Entry, reason: str) -> Message:
        """The message that brings news to a channel."""
        return Message(
            channel=channel.kind.value,
            recipient=self._recipient(channel),
            body=body_for(channel.kind, news, acknowledges=self.settings.slack_acknowledges),
            key=f"{cause.id.hex}:{channel.id}",
            cause=cause.id,
            reason=reason,
            purpose=channel.purpose,
            thread=news.thread,
        )

    def _recipient(self, channel: Channel) -> Recipient:
        if not channel.from_environment:
            return channel.recipient
        sealed = sealed_url(self.settings, channel.id, self.secrets)
        return Recipient(RECIPIENT, channel.id, channel.address, channel.name, sealed)
