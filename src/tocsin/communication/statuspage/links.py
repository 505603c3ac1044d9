"""Links in letters: signed, so that no token needs storing and none can be guessed."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from tocsin.kernel.errors import NotFound

CONFIRM_DAYS = 7


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and reads the links of one installation; `key` is its secret, `base` PUBLIC_URL."""

    key: str
    base: str

    def page(self, slug: str) -> str:
        return f"{self.base}/status/{slug}"

    def confirm(self, slug: str, subscriber: UUID) -> str:
        """The link that confirms a subscription; good for seven days."""
        return f"{self.page(slug)}/confirm/{self._timed.dumps(subscriber.hex)}"

    def unsubscribe(self, slug: str, subscriber: UUID) -> str:
        """The link that ends a subscription; good for ever."""
        return f"{self.page(slug)}/unsubscribe/{self._lasting.dumps(subscriber.hex)}"

    def read_confirm(self, token: str) -> UUID:
        """Whose confirmation it is; raises NotFound for a forged or outdated link."""
        return _read(lambda: self._timed.loads(token, max_age=CONFIRM_DAYS * 86400))

    def read_unsubscribe(self, token: str) -> UUID:
        """Whose subscription it ends; raises NotFound for a forged link."""
        return _read(lambda: self._lasting.loads(token))

    @property
    def _timed(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="subscription.confirm")

    @property
    def _lasting(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt="subscription.unsubscribe")


def _read(load: Callable[[], str]) -> UUID:
    try:
        return UUID(hex=load())
    except (BadData, ValueError, TypeError) as error:
        raise NotFound("This link is not valid, or no longer.") from error
