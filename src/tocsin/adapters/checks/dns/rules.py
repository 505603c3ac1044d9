"""Records as texts that people write them, compared whatever their spelling."""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from dns.rdata import Rdata


def written(record: Rdata) -> str:
    """A record as people write it: a TXT without quotes, a name without its last dot."""
    strings = getattr(record, "strings", None)
    if strings is not None:
        return b"".join(strings).decode(errors="backslashreplace")
    return " ".join(word.removesuffix(".") for word in record.to_text().split(" "))


def missing(expected: Sequence[str], found: Iterable[str]) -> list[str]:
    """The expected values that no record found is called by."""
    called = set().union(*(_spellings(one) for one in found))
    return [one for one in expected if _whole(one) not in called]


def _spellings(text: str) -> set[str]:
    """What a record may be called: all of it, or an MX without its preference."""
    whole = _whole(text)
    preference, _, rest = whole.partition(" ")
    return {whole, rest} if preference.isdigit() and rest and " " not in rest else {whole}


def _whole(text: str) -> str:
    return " ".join(_plain(word) for word in text.split())


def _plain(word: str) -> str:
    word = word.lower().removesuffix(".")
    try:
        return str(ip_address(word))
    except ValueError:
        return word
