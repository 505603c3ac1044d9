"""Sealing texts with Fernet (AES-128-CBC and HMAC-SHA256) under a key drawn from SECRET_KEY."""

import base64
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_PURPOSE = b"tocsin secrets at rest, version 1"


class CannotOpen(Exception):
    """A sealed text that this installation's key does not open: SECRET_KEY was changed, or it is
    not a sealed text. The sentence never holds the text."""

    def __init__(self) -> None:
        super().__init__("A stored secret cannot be opened: was SECRET_KEY changed?")


class Secrets:
    """Seals and opens texts. Sealing the same text twice gives different results."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    @cached_property
    def _fernet(self) -> "Fernet":
        """Made, and its library imported, when the first text is sealed or opened."""
        from cryptography.fernet import Fernet
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derived = HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(self._secret_key.encode())
        return Fernet(base64.urlsafe_b64encode(derived))

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
