"""The Salesforce kind: one instance, or all instances of a product."""

from functools import partial
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, StringConstraints, model_validator
from yarl import URL

from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import stored_address
from tocsin.adapters.feeds.salesforce.rules import listed
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.platform.http import tidy_url

PAGE = "https://api.status.salesforce.com"

Key = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[A-Za-z0-9_. -]+$")
]


def page_address(url: str) -> str:
    """The API's address for any address on it; raises HttpFailure for what is none."""
    return str(URL(tidy_url(url)).origin())


class SalesforceSource(SourceFields):
    """`{kind: salesforce, instance | product, url?, components?}`; components are instances.

    `instance` is a key such as `EU35`, `product` a name such as `Heroku`; one of the two is given.
    """

    kind: Literal["salesforce"] = "salesforce"
    url: Annotated[str, AfterValidator(partial(stored_address, page_address))] = PAGE
    components: WatchedNames = ()
    instance: Key | None = None
    product: Key | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.instance is None) == (self.product is None):
            raise ValueError("give either an instance or a product")
        return self


class SalesforceKind(ListedKind):
    """Salesforce's status API; the instances are the components."""

    kind: ClassVar[str] = "salesforce"
    schema: ClassVar[type[SourceFields]] = SalesforceSource

    def page_address(self, url: str) -> str:
        """The API's address for any address on it; raises HttpFailure for what is none."""
        return page_address(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The status of the instance, or of the product's instances."""
        instances = URL(page) / "v1" / "instances"
        if product := spec.options.get("product"):
            return str((instances / "status" / "preview").with_query(products=str(product)))
        return str(instances / str(spec.options.get("instance") or "") / "status")

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """The instances with what is open on them."""
        return listed(payload)
