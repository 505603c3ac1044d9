"""A bundle: blocks of many monitors of one hour in one row, found by id without reading the rest.

Four bytes say how many there are; then each one's id and the place of its block, sorted by id.
"""

import struct
from collections.abc import Iterator, Mapping
from uuid import UUID

_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<16sI")


def pack(blocks: Mapping[UUID, bytes]) -> bytes:
    """Bind blocks together."""
    entries, place = [], 0
    ordered = sorted(blocks.items(), key=lambda item: item[0].bytes)
    for identifier, block in ordered:
        entries.append(_ENTRY.pack(identifier.bytes, place))
        place += len(block)
    return b"".join([_COUNT.pack(len(ordered)), *entries, *(block for _, block in ordered)])


class Bundle:
    """A bundle as it is read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._count = int(_COUNT.unpack_from(data)[0])
        self._body = _COUNT.size + self._count * _ENTRY.size

    def get(self, identifier: UUID) -> bytes | None:
        """The block of one monitor."""
        place = self._place(identifier.bytes)
        if place == self._count or self._id(place) != identifier.bytes:
            return None
        return self._block(place)

    def ids_after(self, identifier: UUID | None) -> Iterator[UUID]:
        """The ids behind one, in order."""
        first = 0 if identifier is None else self._place(identifier.bytes)
        for place in range(first, self._count):
            found = self._id(place)
            if identifier is None or found > identifier.bytes:
                yield UUID(bytes=found)

    def _place(self, wanted: bytes) -> int:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._id(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _id(self, place: int) -> bytes:
        start = _COUNT.size + place * _ENTRY.size
        return self._data[start : start + 16]

    def _start(self, place: int) -> int:
        if place == self._count:
            return len(self._data)
        entry = _ENTRY.unpack_from(self._data, _COUNT.size + place * _ENTRY.size)
        return self._body + int(entry[1])

    def _block(self, place: int) -> bytes:
        return self._data[self._start(place) : self._start(place + 1)]
