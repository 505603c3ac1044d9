"""The Cachet kind: pages of components, followed to their end, and the names of their groups."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from yarl import URL

from tocsin.adapters.feeds.asking import Answers, Further
from tocsin.adapters.feeds.cachet.rules import (
    GROUPS,
    in_groups,
    is_third_version,
    next_page,
    read_components,
)
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import stored_address
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

_BELOW_THE_PAGE = re.compile(
    r"/(api(/.*)?|incidents?(/.*)?|schedules?(/.*)?|dashboard(/.*)?|rss|atom)$"
)
_PER_PAGE = 100


def page_address(url: str) -> str:
    """The page's address for any address on it; raises HttpFailure for what is none."""
    address = URL(tidy_url(url))
    path = _BELOW_THE_PAGE.sub("", address.path.rstrip("/"))
    return str(address.with_path(path).with_query(None)).rstrip("/")


class CachetSource(SourceFields):
    """`{kind: cachet, url, components?}`; `url` is the page's address."""

    kind: Literal["cachet"] = "cachet"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))]
    components: WatchedNames = ()


class CachetKind(ListedKind):
    """Pages of Cachet, whichever version; which one answers is seen, not configured."""

    kind: ClassVar[str] = "cachet"
    schema: ClassVar[type[SourceFields]] = CachetSource
    takes_several: ClassVar[bool] = True
    marks: ClassVar[tuple[str, ...]] = ("cachethq", "powered by cachet")

    def page_address(self, url: str) -> str:
        """The page's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The components of versions 1 and 2."""
        return _old(page, "components")

    def other_addresses(self, page: str, spec: SourceSpec) -> Sequence[str]:
        """The components of version 3, with their groups."""
        return (_new(page),)

    def next_request(self, answers: Answers, page: str, spec: SourceSpec) -> Further | None:
        """The next page of components, and the names of groups if any component is in one."""
        pages = _pages(answers)
        number = next_page(pages)
        if number is not None:
            new = is_third_version(pages[0])
            address = _new(page) if new else _old(page, "components")
            return Further(f"page {number}", (f"{address}&page={number}",))
        if GROUPS in answers.further or not in_groups(pages):
            return None
        return Further(GROUPS, (_old(page, "components/groups"),), optional=True)

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """All enabled components of all pages; raises ShapeFault."""
        answers = Answers.of(payload)
        return read_components(_pages(answers), answers.further.get(GROUPS))


def _pages(answers: Answers) -> list[object]:
    further = (page for name, page in answers.further.items() if name != GROUPS)
    return [answers.first, *further]


def _old(page: str, what: str) -> str:
    return f"{page.rstrip('/')}/api/v1/{what}?per_page={_PER_PAGE}"


def _new(page: str) -> str:
    return f"{page.rstrip('/')}/api/components?include=group&per_page={_PER_PAGE}"
