"""The Heroku kind: three systems with a colour each."""

from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.heroku.rules import listed
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import stored_address
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

PAGE = "https://status.heroku.com"
_FEED = "/api/v4/current-status"


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    return str(URL(tidy_url(url)).origin())


class HerokuSource(SourceFields):
    """`{kind: heroku, url?, components?}`; components are Heroku's systems (`Apps`, `Data`)."""

    kind: Literal["heroku"] = "heroku"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))] = PAGE
    components: WatchedNames = ()


class HerokuKind(ListedKind):
    """Heroku's status page."""

    kind: ClassVar[str] = "heroku"
    schema: ClassVar[type[SourceFields]] = HerokuSource

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The current status."""
        return page.rstrip("/") + _FEED

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """The systems and the incidents that are not over."""
        return listed(payload)
