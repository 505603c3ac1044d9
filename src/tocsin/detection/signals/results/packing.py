"""Results of one monitor in one hour as a block of bytes: about three bytes a result.

Times are told apart by what differs from the usual gap, response times by what differs from the
one before, outcomes by runs over a small dictionary. Milliseconds are the unit of both.
"""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

from tocsin.detection.signals.model import CheckResult

from . import varints

HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_PLAIN, _SQUEEZED = b"\x00", b"\x01"
_WORTH_SQUEEZING = 64

Outcome = tuple[bool, int | None, str | None]


def hour_of(at: datetime) -> int:
    """The hour of an instant, counted from 1970 in UTC."""
    return (at - _EPOCH) // HOUR


def start_of(hour: int) -> datetime:
    """When an hour begins."""
    return _EPOCH + hour * HOUR


def pack(results: Sequence[CheckResult], hour: int) -> bytes:
    """Results of one hour, in order, as a block."""
    base = start_of(hour)
    times = [(result.at - base) // _MILLISECOND for result in results]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0
    outcomes = [(one.ok, one.status_code, one.fault) for one in results]
    known = list(dict.fromkeys(outcomes))
    place = {outcome: number for number, outcome in enumerate(known)}
    runs = [(place[outcome], len(list(same))) for outcome, same in groupby(outcomes)]
    took = [0 if one.response_ms is None else one.response_ms + 1 for one in results]
    changes = [later - earlier for earlier, later in pairwise([0, *took])]
    words = b"\n".join(_written(outcome) for outcome in known)
    numbers = [
        len(results),
        times[0] if times else 0,
        varints.fold(usual),
        *(varints.fold(gap - usual) for gap in gaps),
        *map(varints.fold, changes),
        *(number for run in runs for number in run),
    ]
    plain = varints.pack([len(words)]) + words + varints.pack(numbers)
    squeezed = zlib.compress(plain, 6) if len(plain) > _WORTH_SQUEEZING else plain
    return _SQUEEZED + squeezed if len(squeezed) < len(plain) else _PLAIN + plain


def unpack(block: bytes, hour: int) -> list[CheckResult]:
    """The results of a block; raises ValueError for bytes that are none."""
    plain = zlib.decompress(block[1:]) if block[:1] == _SQUEEZED else block[1:]
    size, start = _first_number(plain)
    known = [_read(line) for line in plain[start : start + size].split(b"\n")]
    count, first, usual, *rest = varints.unpack(plain[start + size :])
    if not count:
        return []
    usual = varints.unfold(usual)
    at, times = first, [first]
    for number in rest[: count - 1]:
        at += usual + varints.unfold(number)
        times.append(at)
    ms, took = 0, []
    for number in rest[count - 1 : 2 * count - 1]:
        ms += varints.unfold(number)
        took.append(ms - 1 if ms else None)
    runs = rest[2 * count - 1 :]
    outcomes = [
        known[place]
        for place, length in zip(runs[::2], runs[1::2], strict=True)
        for _ in range(length)
    ]
    base = start_of(hour)
    return [
        CheckResult(base + timedelta(milliseconds=at), ok, ms, code, fault)
        for at, ms, (ok, code, fault) in zip(times, took, outcomes, strict=True)
    ]


def _written(outcome: Outcome) -> bytes:
    ok, code, fault = outcome
    return f"{int(ok)}{code or ''} {fault or ''}".encode().replace(b"\n", b" ")


def _read(line: bytes) -> Outcome:
    head, _, fault = line.decode().partition(" ")
    return head[:1] == "1", int(head[1:]) if head[1:] else None, fault or None


def _first_number(data: bytes) -> tuple[int, int]:
    end = next(place for place, byte in enumerate(data) if byte < 0x80) + 1
    return varints.unpack(data[:end])[0], end
