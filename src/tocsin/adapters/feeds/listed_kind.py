"""A kind of source whose page lists components: where its feed lies and how it is read."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from tocsin.adapters.feeds.asking import Answers, Feed, Further, find_feed, poll_feed
from tocsin.adapters.feeds.listed import ListedPage, read_listed
from tocsin.adapters.feeds.payload import ShapeFault, decode_json, schema_failure, stored_address
from tocsin.detection.signals.ports import (
    PollFailure,
    PollOutcome,
    Probe,
    Reading,
    SourceFields,
    SourceSpec,
    Validators,
)
from tocsin.platform.http import OutgoingClient


class ListedKind(ABC):
    """What such kinds have in common; a kind says where its feed lies and lists what it finds.

    `accept` is the media type asked for, `decode` makes the payload of `listed` out of the body.
    A kind whose page takes several requests sets `takes_several` and says in `next_request` which;
    its `listed` is given Answers, or the payload alone where there is only one.
    """

    kind: ClassVar[str]
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]]
    accept: ClassVar[str] = "application/json"
    takes_several: ClassVar[bool] = False

    @abstractmethod
    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""

    @abstractmethod
    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The address that is polled."""

    @abstractmethod
    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """A decoded payload in our own words; raises ShapeFault when it is of another shape."""

    def found_at(self, page: str, answered: str) -> str:
        """The page's address, when its feed was asked for and this address answered."""
        return self.page_address(answered)

    def other_addresses(self, page: str, spec: SourceSpec) -> Sequence[str]:
        """Where some pages of this kind have their feed instead."""
        return ()

    def next_request(self, answers: Answers, page: str, spec: SourceSpec) -> Further | None:
        """What is still missing, None when the answers are complete; raises ShapeFault."""
        return None

    def decode(self, body: bytes) -> object:
        """The payload of a body, or a PollFailure that says what came instead."""
        return decode_json(body)

    def normalise(self, url: str) -> str:
        """Cut an address down to the page's; raises ValueError with a sentence."""
        return stored_address(self.page_address, url)

    def parse(self, body: bytes, spec: SourceSpec) -> Reading | PollFailure:
        """Read a body for what the specification watches."""
        payload = self.decode(body)
        return payload if isinstance(payload, PollFailure) else self._read(payload, spec)

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Ask the page once."""
        return await poll_feed(self._feed(spec), spec.url or "", client, validators)

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Find the page wherever it has moved to, with all its components."""
        found = await find_feed(self._feed(spec), spec.url or "", client)
        if isinstance(found, PollFailure):
            return found
        page = self.listed(found.payload, spec)
        return Probe(found.page, page.name, page.components, found.reading)

    def _feed(self, spec: SourceSpec) -> Feed:
        def following(answers: Answers, page: str) -> Further | None:
            return self.next_request(answers, page, spec)

        return Feed(
            address=lambda page: self.feed_address(page, spec),
            page_of=self.page_address,
            parse=lambda payload: self._read(payload, spec),
            decode=self.decode,
            accept=self.accept,
            found_at=self.found_at,
            others=lambda page: self.other_addresses(page, spec),
            next_request=following if self.takes_several else None,
        )

    def _read(self, payload: object, spec: SourceSpec) -> Reading | PollFailure:
        try:
            return read_listed(self.listed(payload, spec), spec)
        except ShapeFault as fault:
            return schema_failure(fault)
