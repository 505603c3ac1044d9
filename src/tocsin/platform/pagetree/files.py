"""One file of a page's tree."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageFile:
    """Bytes and what they are; `max_age` is in seconds, for caches between us and the reader."""

    body: bytes
    content_type: str
    max_age: int = 0
