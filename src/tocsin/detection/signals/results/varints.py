"""Whole numbers in as few bytes as they need (LEB128), signed ones folded (zigzag)."""

from collections.abc import Iterable


def pack(numbers: Iterable[int]) -> bytes:
    """Write numbers ≥ 0, seven bits a byte, the lowest first."""
    out = bytearray()
    for number in numbers:
        left = number
        while left > 0x7F:
            out.append(left & 0x7F | 0x80)
            left >>= 7
        out.append(left)
    return bytes(out)


def unpack(data: bytes) -> list[int]:
    """Read all numbers; raises ValueError where the last one is cut off."""
    numbers: list[int] = []
    value = shift = 0
    for byte in data:
        if byte < 0x80:
            numbers.append(value | byte << shift)
            value = shift = 0
        else:
            value |= (byte & 0x7F) << shift
            shift += 7
    if shift:
        raise ValueError("the last number is cut off")
    return numbers


def fold(number: int) -> int:
    """A signed number as one ≥ 0: 0, −1, 1, −2 … become 0, 1, 2, 3 …"""
    return number << 1 if number >= 0 else (-number << 1) - 1


def unfold(number: int) -> int:
    """The signed number again."""
    return number >> 1 if not number & 1 else -((number + 1) >> 1)
