"""The zone in which a request wants its days cut."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Query

from tocsin.kernel.errors import invalid_field

ZoneName = Annotated[
    str, Query(alias="time_zone", max_length=64, description="Zone that cuts the days.")
]


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name; raises Invalid for `time_zone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise invalid_field("time_zone", "is not an IANA zone such as Europe/Brussels") from error
