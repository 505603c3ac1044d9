"""Status pages: what the public sees, and who follows it."""

from .links import Links
from .model import Component, Follows, StatusPage, Subscriber
from .queries import active_count, page, pages, pages_showing

__all__ = [
    "Component",
    "Follows",
    "Links",
    "StatusPage",
    "Subscriber",
    "active_count",
    "page",
    "pages",
    "pages_showing",
]
