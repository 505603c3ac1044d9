"""The Google Cloud kind: products as components, limited to locations."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from tocsin.adapters.feeds.google_kind import GooglePage
from tocsin.adapters.feeds.payload import stored_address
from tocsin.detection.signals.ports import SourceFields, WatchedNames

PAGE = "https://status.cloud.google.com"


def _stored(url: str) -> str:
    return stored_address(GoogleCloudKind().page_address, url)


class GoogleCloudSource(SourceFields):
    """`{kind: google_cloud, url?, components?, locations?}`; components are products.

    `locations` are ids or titles (`us-west1`, `Oregon (us-west1)`); a region stands for its zones.
    Incidents that are global, or name no location, always count.
    """

    kind: Literal["google_cloud"] = "google_cloud"
    url: Annotated[str, AfterValidator(_stored)] = PAGE
    components: WatchedNames = ()
    locations: Annotated[WatchedNames, Field(description="Ids or titles; empty: everywhere.")] = ()


class GoogleCloudKind(GooglePage):
    """The status page of Google Cloud."""

    kind: ClassVar[str] = "google_cloud"
    schema: ClassVar[type[SourceFields]] = GoogleCloudSource
    name: ClassVar[str] = "Google Cloud"

    @property
    def home(self) -> str:
        """The page's well-known address."""
        return PAGE
