"""Addresses: read strictly, shown without secrets, and never private where a visitor chose them."""

import socket
from base64 import b64encode
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from yarl import URL

from tocsin.platform.http.failures import FailureKind, HttpFailure

_NAT64 = IPv6Network("64:ff9b::/96")
_LONGEST = 2_048


@dataclass(frozen=True, slots=True)
class Target:
    """An address ready to be asked; what was before the `@` has become a header."""

    url: URL
    host: str
    authorization: str | None


def read_target(text: str) -> Target:
    """Take an address apart; one that is no http(s) address with a host is an HttpFailure."""
    url = _read_url(text)
    authorization = None
    if url.raw_user is not None or url.raw_password is not None:
        pair = f"{url.user or ''}:{url.password or ''}".encode(errors="replace")
        authorization = f"Basic {b64encode(pair).decode()}"
    return Target(_bare(url), url.host or "", authorization)


def tidy_url(text: str) -> str:
    """Write an address the way it is stored: with its scheme, without fragment or user name.

    A missing scheme means https. Raises HttpFailure for what cannot be an address, and for one
    with a user name or password in it, because stored addresses are shown to people.
    """
    text = text.strip()
    if "://" not in text:
        text = f"https://{text}"
    url = _read_url(text)
    if url.raw_user is not None or url.raw_password is not None:
        raise _invalid("The address must not contain a user name or password.")
    return str(_bare(url))


def readable_address(url: URL | str) -> str:
    """Show an address without user name, password and fragment."""
    return str(_bare(URL(url)))


def host_of(text: str) -> str:
    """The host of an address, lower case, without its port; raises HttpFailure as `read_target`."""
    return read_target(text).host


def next_hop(url: URL, location: str) -> Target:
    """Where a redirect from `url` points; a nonsensical one is an HttpFailure."""
    try:
        joined = url.join(URL(location))
    except ValueError:
        joined = URL()
    try:
        return read_target(str(joined))
    except HttpFailure as failure:
        raise HttpFailure(
            FailureKind.REDIRECT_REFUSED, f"{url.host} redirects to an address that is not valid."
        ) from failure


def is_private(address: str) -> bool:
    """Whether an IP address is anything but one public host on the internet.

    IPv4 addresses that travel inside IPv6 ones (mapped, 6to4, Teredo, NAT64) are judged as what
    they carry. Whatever is not an IP address counts as private.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    return any(not ip.is_global or ip.is_multicast for ip in _with_embedded(found))


def open_public_socket(info: tuple[Any, ...]) -> socket.socket:
    """Open the socket for one resolved address unless it is private.

    This is the last step before connecting, so neither a redirect nor a name that changes its
    mind between look-up and use gets past it.
    """
    family, kind, protocol, _, address = info
    if is_private(str(address[0])):
        raise HttpFailure(
            FailureKind.PRIVATE_ADDRESS,
            "The address leads into a private network, which is not allowed here.",
        )
    return socket.socket(family=family, type=kind, proto=protocol)


def _read_url(text: str) -> URL:
    if len(text) > _LONGEST:
        raise _invalid(f"The address is longer than {_LONGEST} characters.")
    if any(character.isspace() or not character.isprintable() for character in text):
        raise _invalid("The address contains a space or a control character.")
    try:
        url = URL(text)
        host = url.host
    except ValueError as error:
        raise _invalid("The address is not a valid URL.") from error
    if url.scheme not in ("http", "https"):
        raise _invalid("The address must begin with https:// or http://.")
    if not host or "%" in host or ".." in host:
        raise _invalid("The address names no valid host.")
    return url


def _bare(url: URL) -> URL:
    if url.raw_user is not None or url.raw_password is not None:
        url = url.with_user(None)
    return url.with_fragment(None)


def _with_embedded(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    if isinstance(ip, IPv4Address):
        return [ip]
    if ip.ipv4_mapped is not None:
        return [ip.ipv4_mapped]
    if ip in _NAT64:
        return [IPv4Address(int(ip) & 0xFFFFFFFF)]
    carried = [ip.sixtofour, *(ip.teredo or ())]
    return [ip, *(inner for inner in carried if inner is not None)]


def _invalid(sentence: str) -> HttpFailure:
    return HttpFailure(FailureKind.INVALID_URL, sentence)
