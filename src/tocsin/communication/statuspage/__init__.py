"""Status pages: what the public sees, and who follows it."""

from .links import Links
from .model import Component, Follows, StatusPage, Subscriber
from .queries import active_count, page, pages, pages_showing, subscriber_by_address
from .reactions import RENDER
from .subscriptions import Asked, confirm, subscribe
from .verbs import NewComponent, NewPage, add_component, create_page, edit_page

__all__ = [
    "RENDER",
    "Asked",
    "Component",
    "Follows",
    "Links",
    "NewComponent",
    "NewPage",
    "StatusPage",
    "Subscriber",
    "active_count",
    "add_component",
    "confirm",
    "create_page",
    "edit_page",
    "page",
    "pages",
    "pages_showing",
    "subscribe",
    "subscriber_by_address",
]
