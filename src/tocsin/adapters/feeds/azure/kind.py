"""The Azure kind: a feed that lists open trouble, without severity and without components.

The page's own host answers from an instance near whoever asks, and one that is ill itself answers
with an empty feed, as if all were well. So the feed is asked at the address that the page links to.
"""

from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.azure.rules import listed
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.mentions import WatchedWords
from tocsin.adapters.feeds.payload import stored_address
from tocsin.adapters.feeds.syndication import ACCEPT, decode_xml
from tocsin.detection.signals.ports import SourceFields, SourceSpec
from tocsin.platform.http import tidy_url

_PATH = "/en-us/status"
PAGE = f"https://azure.status.microsoft{_PATH}"
_PAGES = frozenset({"azure.status.microsoft", "status.azure.com"})
_FEEDS = "rssfeed.azure.status.microsoft"


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    address = URL(tidy_url(url)).with_query(None)
    if address.host == _FEEDS:
        address = URL(PAGE).with_path(address.path)
    path = address.path.rstrip("/").removesuffix("/feed").removesuffix("/history")
    return str(address.with_path(path or _PATH))


class AzureSource(SourceFields):
    """`{kind: azure, url?, components?}`; components are words to look for in an entry.

    With `components` an entry counts only where it mentions one of them.
    """

    kind: Literal["azure"] = "azure"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))] = PAGE
    components: WatchedWords = ()


class AzureKind(ListedKind):
    """The status page of Azure."""

    kind: ClassVar[str] = "azure"
    schema: ClassVar[type[SourceFields]] = AzureSource
    accept: ClassVar[str] = ACCEPT

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The page's feed."""
        address = URL(page)
        if address.host in _PAGES:
            address = URL(f"https://{_FEEDS}").with_path(address.path)
        return f"{str(address).rstrip('/')}/feed/"

    def found_at(self, page: str, answered: str) -> str:
        """The page itself: that its feed lies elsewhere is how things are, not a move."""
        return page

    def decode(self, body: bytes) -> object:
        """The feed's root element, or a PollFailure that says what came instead."""
        return decode_xml(body)

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """The entries, each an open incident."""
        return listed(payload, spec)
