"""Samples of one metric in one hour as bytes: times by what differs, values as they are.

A value takes four bytes where single precision says the same, else eight; squeezed where it helps.
"""

import struct
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from tocsin.detection.signals.results import varints
from tocsin.detection.signals.results.packing import start_of

Point = tuple[datetime, float]
_MILLISECOND = timedelta(milliseconds=1)


def pack(points: Sequence[Point], hour: int) -> bytes:
    """Samples of one hour, in order of their distinct times."""
    base = start_of(hour)
    times = [(at - base) // _MILLISECOND for at, _ in points]
    steps = [later - earlier for earlier, later in pairwise([0, *times])]
    values = [value for _, value in points]
    single = all(_is_single(value) for value in values)
    head = varints.pack([len(points), *steps])
    plain = head + struct.pack(f"<{len(values)}{'f' if single else 'd'}", *values)
    squeezed = zlib.compress(plain, 6)
    smaller = len(squeezed) < len(plain)
    return bytes([single << 1 | smaller]) + (squeezed if smaller else plain)


def unpack(block: bytes, hour: int) -> list[Point]:
    """The samples of a block."""
    single, squeezed = block[0] >> 1, block[0] & 1
    plain = zlib.decompress(block[1:]) if squeezed else block[1:]
    first = next(place for place, byte in enumerate(plain) if byte < 0x80) + 1
    count = varints.unpack(plain[:first])[0]
    width = 4 if single else 8
    body = len(plain) - count * width
    times = accumulate(varints.unpack(plain[first:body]))
    values = struct.unpack(f"<{count}{'f' if single else 'd'}", plain[body:])
    base = start_of(hour)
    return [(base + at * _MILLISECOND, value) for at, value in zip(times, values, strict=True)]


def _is_single(value: float) -> bool:
    try:
        return bool(struct.unpack("<f", struct.pack("<f", value))[0] == value)
    except OverflowError:
        return False
