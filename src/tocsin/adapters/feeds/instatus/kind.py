"""The Instatus kind: a page's summary, and then its components."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.asking import Answers, Further
from tocsin.adapters.feeds.instatus.rules import COMPONENTS, lists_components, read_page
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import ShapeFault, is_below, stored_address
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

_BELOW_THE_PAGE = re.compile(
    r"/((v\d+/)?(summary|components|status)\.json|history([./].*)?|(incident|maintenance)s?/.*"
    r"|[a-z0-9]{20,30})$"
)


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    address = URL(tidy_url(url))
    path = _BELOW_THE_PAGE.sub("", address.path.rstrip("/"))
    return str(address.with_path(path).with_query(None)).rstrip("/")


class InstatusSource(SourceFields):
    """`{kind: instatus, url, components?}`; `url` is the page's address."""

    kind: Literal["instatus"] = "instatus"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))]
    components: WatchedNames = ()


class InstatusKind(ListedKind):
    """Pages of Instatus, on their own domains too (public data, instatus.com/help/api)."""

    kind: ClassVar[str] = "instatus"
    schema: ClassVar[type[SourceFields]] = InstatusSource
    takes_several: ClassVar[bool] = True
    hosted_anywhere: ClassVar[bool] = True
    marks: ClassVar[tuple[str, ...]] = ("instatus.com", "powered by instatus")

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def recognises(self, url: str) -> bool:
        """Whether it is a page under the vendor's own name."""
        return is_below(url, "instatus.com")

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The summary that every page has had from the start."""
        return f"{page.rstrip('/')}/summary.json"

    def other_addresses(self, page: str, spec: SourceSpec) -> Sequence[str]:
        """The summary of the third version."""
        return (f"{page.rstrip('/')}/v3/summary.json",)

    def next_request(self, answers: Answers, page: str, spec: SourceSpec) -> Further | None:
        """The components, unless the summary lists them; who watches some cannot do without."""
        if COMPONENTS in answers.further or lists_components(answers.first):
            return None
        places = tuple(f"{page.rstrip('/')}/v{version}/components.json" for version in (3, 2))
        return Further(COMPONENTS, places, optional=not spec.components)

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All components, open incidents and maintenances; raises ShapeFault."""
        answers = Answers.of(payload)
        page = read_page(answers.first, answers.further.get(COMPONENTS))
        if spec.components and not page.components:
            raise ShapeFault("it lists no component, although some are watched")
        return page
