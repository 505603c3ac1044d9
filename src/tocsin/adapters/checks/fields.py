"""Fields that every own check has, and the hosts and ports of those that have no address."""

import re
from ipaddress import IPv6Address
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from tocsin.detection.signals.ports import MonitorFields
from tocsin.platform.http import HttpFailure, host_of, tidy_url

_USUAL_SECONDS = 10.0
_BARE = re.compile(r"[^/?#@\[\]\\]+")


def stored_address(url: str) -> str:
    """Tidy an address for storing; raises ValueError with the sentence for its author."""
    try:
        return tidy_url(url)
    except HttpFailure as failure:
        raise ValueError(failure.sentence) from failure


def _usual_timeout(data: dict[str, Any]) -> float:
    return min(_USUAL_SECONDS, float(data.get("interval_seconds", _USUAL_SECONDS)))


def _host(text: str) -> str:
    """A host name or IP address, lower case; an IPv6 address loses its brackets."""
    host = text.removeprefix("[").removesuffix("]") if text.startswith("[") else text
    try:
        if ":" in host:
            return str(IPv6Address(host))
        return host_of(f"http://{host}/") if _BARE.fullmatch(host) else ""
    except (ValueError, HttpFailure):
        return ""


def _known_host(text: str) -> str:
    host = _host(text)
    if not host:
        raise ValueError("expected a host name or an IP address, without scheme, port and path")
    return host


Host = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=253),
    AfterValidator(_known_host),
]
Port = Annotated[int, Field(ge=1, le=65_535)]


class CheckFields(MonitorFields):
    """`timeout_seconds` is for the whole run, at most the interval; left out, 10 s or less."""

    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = Field(default_factory=_usual_timeout)

    @field_validator("timeout_seconds")
    @classmethod
    def _within_the_interval(cls, seconds: float, info: ValidationInfo) -> float:
        interval = info.data.get("interval_seconds")
        if interval is not None and seconds > interval:
            raise ValueError(f"must not be longer than the interval, which is {interval} seconds")
        return seconds

    @property
    def keep_seconds(self) -> float:
        """How long a looked-up address may be used: never from one run to the next."""
        return min(30.0, self.interval_seconds / 2)
