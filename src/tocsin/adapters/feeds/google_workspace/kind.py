"""The Google Workspace kind: products as components, without locations."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from tocsin.adapters.feeds.google_kind import GooglePage
from tocsin.adapters.feeds.payload import stored_address
from tocsin.detection.signals.ports import SourceFields, WatchedNames

PAGE = "https://www.google.com/appsstatus/dashboard"


def _stored(url: str) -> str:
    return stored_address(GoogleWorkspaceKind().page_address, url)


class GoogleWorkspaceSource(SourceFields):
    """`{kind: google_workspace, url?, components?}`; components are products (`Gmail`)."""

    kind: Literal["google_workspace"] = "google_workspace"
    url: Annotated[str, AfterValidator(_stored)] = PAGE
    components: WatchedNames = ()


class GoogleWorkspaceKind(GooglePage):
    """The status dashboard of Google Workspace."""

    kind: ClassVar[str] = "google_workspace"
    schema: ClassVar[type[SourceFields]] = GoogleWorkspaceSource
    name: ClassVar[str] = "Google Workspace"

    @property
    def home(self) -> str:
        """The page's well-known address."""
        return PAGE
