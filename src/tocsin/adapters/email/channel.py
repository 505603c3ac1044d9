"""The mail channel of the delivery ledger."""

from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING

from tocsin.kernel.clock import Clock, SystemClock
from tocsin.platform.delivery import Claimed, Limits, SendResult

from .form import Form, form_of
from .post import post_of
from .sender import Sender
from .server import SmtpServer

if TYPE_CHECKING:
    from .lines import Lines

LIMITS = Limits(at_once=8, lease=timedelta(seconds=60), tries=40)
_MOST_FORMS = 64


class MailChannel:
    """Sends letters `{subject, text, html, from_name?}`; without a server the channel is blocked.

    The slot `unsubscribe_url` also becomes the List-Unsubscribe header. `clock` gives the Date.
    """

    name = "mail"

    def __init__(
        self,
        server: SmtpServer | None,
        sender: Sender,
        *,
        limits: Limits = LIMITS,
        clock: Clock | None = None,
    ) -> None:
        self.limits = limits
        self._sender = sender
        self._clock = clock or SystemClock()
        self._lines = _lines(server, limits) if server is not None else None
        self._forms: OrderedDict[bytes, Form] = OrderedDict()

    @property
    def missing_setting(self) -> str | None:
        return "SMTP_URL" if self._lines is None else None

    async def send(self, message: Claimed) -> SendResult:
        """Hand the letter to the server; raises DeliveryError."""
        assert self._lines is not None, "a blocked channel is never asked to send"
        post = post_of(message, self._form(message), self._sender, self._clock.now())
        return SendResult(await self._lines.post(post))

    async def close(self) -> None:
        """Close the connections."""
        if self._lines is not None:
            await self._lines.close()

    def _form(self, message: Claimed) -> Form:
        form = self._forms.get(message.digest)
        if form is None:
            form = form_of(message.content, message.digest)
            self._forms[message.digest] = form
            if len(self._forms) > _MOST_FORMS:
                self._forms.popitem(last=False)
        else:
            self._forms.move_to_end(message.digest)
        return form


def _lines(server: SmtpServer, limits: Limits) -> "Lines":
    """The SMTP library is imported where there is a server to talk to."""
    from .lines import Lines

    return Lines(server, limits.at_once)
