"""The Slack kind: where its feed lies, and how it is polled and tested."""

from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.asking import Feed, below, find_feed, poll_feed
from tocsin.adapters.feeds.payload import is_below, stored_address
from tocsin.adapters.feeds.slack.rules import parse
from tocsin.detection.signals.ports import (
    PollFailure,
    PollOutcome,
    Probe,
    SourceFields,
    SourceSpec,
    Validators,
    WatchedNames,
)
from tocsin.platform.http import OutgoingClient, tidy_url

PAGE = "https://slack-status.com"
_FEED = "/api/v2.0.0/current"


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    return str(URL(tidy_url(url)).origin())


class SlackSource(SourceFields):
    """`{kind: slack, url?, components?}`; components are Slack's names of its services."""

    kind: Literal["slack"] = "slack"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))] = PAGE
    components: WatchedNames = ()


class SlackKind:
    """Slack's status API; its host moved once, and the old one redirects."""

    kind: ClassVar[str] = "slack"
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]] = SlackSource

    def normalise(self, url: str) -> str:
        """Cut an address down to the page's; raises ValueError with a sentence."""
        return stored_address(page_address, url)

    def recognises(self, url: str) -> bool:
        """Whether it is Slack's page, where it is now or where it was."""
        return is_below(url, "slack-status.com", "status.slack.com")

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Ask Slack once."""
        return await poll_feed(_feed(spec), spec.url or PAGE, client, validators)

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Find Slack's page wherever it has moved to; only services in trouble are listed."""
        found = await find_feed(_feed(spec), spec.url or PAGE, client)
        if isinstance(found, PollFailure):
            return found
        everything = parse(found.payload, SourceSpec(self.kind))
        components = everything.components if not isinstance(everything, PollFailure) else ()
        return Probe(found.page, "Slack", components, found.reading)


def _feed(spec: SourceSpec) -> Feed:
    return Feed(below(_FEED), page_address, lambda payload: parse(payload, spec))
