"""Keys of ping addresses: made from the source's id under the installation's secret.

So no key is stored anywhere: a database that leaks tells their hashes only, and the address can be
shown whenever an admin asks for it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

_BYTES = 18  # 144 bits: 24 characters without padding


@dataclass(frozen=True, slots=True)
class PingKeys:
    """`secret` is the installation's, `base` PUBLIC_URL."""

    secret: bytes
    base: str

    def key_of(self, source_id: UUID) -> str:
        """The unguessable part of a heartbeat's address."""
        made = hmac.digest(self.secret, b"ping:" + source_id.bytes, "sha256")
        return urlsafe_b64encode(made[:_BYTES]).decode()

    def url_of(self, source_id: UUID) -> str:
        """What the job calls."""
        return f"{self.base}/ping/{self.key_of(source_id)}"


def hash_of(key: str) -> bytes:
    """What a key is found by."""
    return hashlib.sha256(key.encode()).digest()
