"""Where everything of a page is found: paths inside its tree, and addresses for readers."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from tocsin.communication.statuspage.rendering.views import PageIdentity

INDEX = "index.html"
HISTORY = "history.html"
NOT_FOUND = "404.html"
RSS = "feed.rss"
ATOM = "feed.atom"
DATA = "page.json"
ICON = "favicon.svg"


def month_file(key: str) -> str:
    """The file of a month of history (`history/2026-11.html`)."""
    return f"history/{key}.html"


def incident_file(public_id: str) -> str:
    """The file of an incident."""
    return f"incidents/{public_id}.html"


def asset_file(name: str) -> str:
    """The file of a style, script or font whose name carries its hash."""
    return f"assets/{name}"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of one page: paths for its own HTML, absolute ones for feeds and programs."""

    base_url: str

    @classmethod
    def of(cls, page: PageIdentity) -> "Links":
        """The links of a page; a slash at the end of its base does not matter."""
        return cls(page.base_url.rstrip("/"))

    @property
    def root(self) -> str:
        """The path all others start with: "/status/main", or nothing on the page's own domain."""
        return urlsplit(self.base_url).path

    @property
    def index(self) -> str:
        return self.root or "/"

    @property
    def history(self) -> str:
        return f"{self.root}/history"

    @property
    def rss(self) -> str:
        return f"{self.root}/{RSS}"

    @property
    def atom(self) -> str:
        return f"{self.root}/{ATOM}"

    @property
    def data(self) -> str:
        return f"{self.root}/{DATA}"

    @property
    def icon(self) -> str:
        return f"{self.root}/{ICON}"

    @property
    def live(self) -> str:
        return f"{self.root}/live"

    @property
    def subscribe(self) -> str:
        """Where the subscription form posts to."""
        return f"{self.root}/subscribe"

    @property
    def subscribe_form(self) -> str:
        """Where the subscription form stands on the index."""
        return f"{self.index}#subscribe"

    def month(self, key: str) -> str:
        return f"{self.root}/history/{key}"

    def incident(self, public_id: str) -> str:
        return f"{self.root}/incidents/{public_id}"

    def asset(self, name: str) -> str:
        return f"{self.root}/{asset_file(name)}"

    def absolute(self, path: str) -> str:
        """The absolute address of one of the paths above."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}{path}"
