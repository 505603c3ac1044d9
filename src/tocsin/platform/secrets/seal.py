"""Sealing texts with Fernet (AES-128-CBC and HMAC-SHA256) under a key drawn from SECRET_KEY."""

import base64
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_PURPOSE = b"tocsin secrets at rest, version 1"
_BOUND_PURPOSE = b"tocsin secrets bound to a place, version 1"
_BOUND = "sealed:"


class CannotOpen(Exception):
    """A sealed text that this installation's key does not open: SECRET_KEY was changed, or it is
    not a sealed text. The sentence never holds the text."""

    def __init__(self) -> None:
        super().__init__("A stored secret cannot be opened: was SECRET_KEY changed?")


class Secrets:
    """Seals and opens texts. Sealing the same text twice gives different results."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def seal_for(self, text: str, place: str) -> str:
        """Return the text sealed for one place, such as the origin it is sent to.

        The same text for the same place gives the same result (AES-SIV, RFC 5297), so that a
        configuration that is read again and again does not look edited. What is sealed for one
        place opens at no other: whoever may copy it cannot have it sent elsewhere.
        """
        sealed = self._siv.encrypt(text.encode(), [place.encode()])
        return _BOUND + base64.urlsafe_b64encode(sealed).decode("ascii")

    def open_for(self, sealed: str, place: str) -> str:
        """Return the text that was sealed for this place; raises CannotOpen."""
        from cryptography.exceptions import InvalidTag

        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_BOUND))
            return self._siv.decrypt(raw, [place.encode()]).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error

    @staticmethod
    def is_sealed_for_a_place(text: str) -> bool:
        """Whether a text looks like one of `seal_for`."""
        return text.startswith(_BOUND)

    @cached_property
    def _siv(self) -> "AESSIV":
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV

        return AESSIV(self._derived(_BOUND_PURPOSE, 64))

    @cached_property
    def _fernet(self) -> "Fernet":
        """Made, and its library imported, when the first text is sealed or opened."""
        from cryptography.fernet import Fernet

        return Fernet(base64.urlsafe_b64encode(self._derived(_PURPOSE, 32)))

    def _derived(self, purpose: bytes, length: int) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), length, salt=None, info=purpose).derive(self._secret_key.encode())

    def seal(self, text: str) -> str:
        """Return the sealed text, in ASCII; about 4/3 as long, plus 100 characters."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Return the text; raises CannotOpen."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError) as error:
            raise CannotOpen from error
