"""Connections to the mail server: at most so many, each used for several letters."""

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass

from aiosmtplib import SMTP, SMTPException, SMTPResponse, SMTPResponseException

from tocsin.platform.delivery import DeliveryError

from .answers import Stage, refusal
from .post import Post
from .server import SmtpServer

_MOST_LETTERS = 100
_IDLE_SECONDS = 20.0
_CONNECT_SECONDS = 15.0
_ANSWER_SECONDS = 40.0


@dataclass(slots=True)
class _Line:
    """An open connection, how many letters it carried, and since when it is idle."""

    smtp: SMTP
    letters: int = 0
    idle_since: float = 0.0


class _Hung(Exception):
    """The server hung up on a connection that was lying idle, before it heard of the letter."""


class Lines:
    """The pool. A connection on which anything unexpected happened is never used again."""

    def __init__(self, server: SmtpServer, at_once: int) -> None:
        self._server = server
        self._places = asyncio.Semaphore(at_once)
        self._idle: list[_Line] = []

    async def post(self, post: Post) -> str:
        """Hand a letter over and return the server's answer; raises DeliveryError."""
        async with self._places:
            line = self._take()
            if line is not None:
                with suppress(_Hung):
                    return await self._hand_over(line, post)
            return await self._hand_over(await self._open(), post)

    async def knock(self) -> None:
        """Connect, encrypt, log in and take leave, without a letter; raises DeliveryError."""
        await _quit((await self._open()).smtp)

    async def close(self) -> None:
        """Take leave of the server on every idle connection."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(_quit(line.smtp) for line in idle))

    def _take(self) -> _Line | None:
        now = asyncio.get_running_loop().time()
        while self._idle:
            line = self._idle.pop()
            if line.smtp.is_connected and now - line.idle_since < _IDLE_SECONDS:
                return line
            line.smtp.close()
        return None

    async def _open(self) -> _Line:
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=server.start_tls,
            validate_certs=server.verify,
            local_hostname=_own_name(),
            timeout=_ANSWER_SECONDS,
        )
        try:
            await smtp.connect(timeout=_CONNECT_SECONDS)
            if smtp.is_ehlo_or_helo_needed:
                await smtp.ehlo()
        except (SMTPException, OSError, ValueError) as error:
            smtp.close()
            raise refusal(Stage.CONNECT, error) from error
        return _Line(smtp)

    async def _hand_over(self, line: _Line, post: Post) -> str:
        smtp, stage = line.smtp, Stage.MAIL
        try:
            options = _options(smtp, post)
            encoding = "utf-8" if post.needs_smtputf8 else "ascii"
            await smtp.mail(post.sender, options=options, encoding=encoding)
            stage = Stage.RCPT
            await smtp.rcpt(post.recipient, encoding=encoding)
            stage = Stage.DATA
            answer = await smtp.data(post.message)
        except SMTPResponseException as error:
            await self._reset(line)
            raise refusal(stage, error) from error
        except DeliveryError:
            self._put_back(line)
            raise
        except (SMTPException, OSError) as error:
            smtp.close()
            if stage is Stage.MAIL and line.letters:
                raise _Hung from error
            raise refusal(stage, error) from error
        except BaseException:
            smtp.close()
            raise
        self._put_back(line)
        return _said(answer)

    async def _reset(self, line: _Line) -> None:
        """After a refusal the server forgets the letter and may take the next."""
        try:
            await line.smtp.rset()
        except (SMTPException, OSError):
            line.smtp.close()
        except BaseException:
            line.smtp.close()
            raise
        else:
            self._put_back(line)

    def _put_back(self, line: _Line) -> None:
        line.letters += 1
        if line.letters >= _MOST_LETTERS or not line.smtp.is_connected:
            line.smtp.close()
            return
        line.idle_since = asyncio.get_running_loop().time()
        self._idle.append(line)


def _options(smtp: SMTP, post: Post) -> list[str]:
    options = []
    if smtp.supports_extension("size"):
        options.append(f"SIZE={len(post.message)}")
    if post.needs_smtputf8:
        if not smtp.supports_extension("smtputf8"):
            raise DeliveryError(
                "The mail server takes no addresses outside ASCII (SMTPUTF8).", permanent=True
            )
        options.append("SMTPUTF8")
    return options


def _said(answer: SMTPResponse) -> str:
    return f"{answer.code} {' '.join(answer.message.split())}"


def _own_name() -> str:
    """The name to introduce ourselves with; looking up a full one could wait for a name server."""
    name = socket.gethostname()
    plain = name.isascii() and all(part.isalnum() or part in ".-" for part in name)
    return name if plain and name else "localhost"


async def _quit(smtp: SMTP) -> None:
    with suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(2):
            await smtp.quit()
    smtp.close()
