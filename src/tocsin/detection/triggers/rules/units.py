"""Units of the condition language: everything is compared in milliseconds, shares of 1 and bytes."""

from collections.abc import Mapping

DURATION, SHARE, SIZE = "duration", "share", "size"

UNITS: Mapping[str, tuple[str, float]] = {
    "ms": (DURATION, 1),
    "s": (DURATION, 1_000),
    "m": (DURATION, 60_000),
    "h": (DURATION, 3_600_000),
    "%": (SHARE, 0.01),
    "b": (SIZE, 1),
    "kb": (SIZE, 1_000),
    "mb": (SIZE, 1_000_000),
    "gb": (SIZE, 1_000_000_000),
    "kib": (SIZE, 1_024),
    "mib": (SIZE, 1_048_576),
    "gib": (SIZE, 1_073_741_824),
}
"""A unit in lower case, what it measures, and how many base units it is."""

WRITTEN = "ms, s, m, h, %, B, KB, MB, GB, KiB, MiB or GiB"

OWN_KINDS: Mapping[str, str] = {
    "response_time": DURATION,
    "status_code": "",
    "error_rate": SHARE,
    "up": "",
    "days_left": "",
}
"""What a metric of our own may be compared with, beside a plain number."""

WORDS: Mapping[str, str] = {
    DURATION: "a duration such as 2s or 500ms",
    SHARE: "a percentage such as 10%",
    SIZE: "a size such as 5MB",
    "": "a plain number",
}
