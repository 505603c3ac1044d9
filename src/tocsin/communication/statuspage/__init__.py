"""Status pages: what the public sees, and who follows it."""

from .links import Links
from .model import Component, Follows, StatusPage, Subscriber
from .queries import active_count, page, pages, pages_showing, subscriber_by_address
from .verbs import NewComponent, NewPage, add_component, create_page, edit_page

__all__ = [
    "Component",
    "Follows",
    "Links",
    "NewComponent",
    "NewPage",
    "StatusPage",
    "Subscriber",
    "active_count",
    "add_component",
    "create_page",
    "edit_page",
    "page",
    "pages",
    "pages_showing",
    "subscriber_by_address",
]
