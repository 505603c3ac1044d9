"""What Azure's feed means: it lists open trouble and nothing else, and never how bad it is."""

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.mentions import mentioned, with_words
from tocsin.adapters.feeds.syndication import FeedEntry, read_syndicated
from tocsin.detection.signals.ports import SourceSpec, VendorIncident
from tocsin.kernel.status import Status


def listed(payload: object, spec: SourceSpec) -> ListedPage:
    """A decoded feed in our own words; raises ShapeFault when it is none."""
    told = [(entry, mentioned(entry, spec)) for entry in read_syndicated(payload).entries]
    incidents = tuple(_incident(entry, named) for entry, named in told if named is not None)
    ever = {word for _, named in told for word in named or ()}
    return with_words(ListedPage("Azure", incidents=incidents), spec, ever)


def _incident(entry: FeedEntry, named: tuple[str, ...]) -> VendorIncident:
    return VendorIncident(
        id=entry.id,
        name=entry.title,
        impact=Status.DEGRADED,
        status="open",
        url=entry.url,
        started_at=entry.published_at,
        component_ids=named,
    )
