"""Credentials and body of a check: sealed for the origin they are sent to, opened when it is prepared.

A body is sealed whole: which part of it is a secret, only its author knows.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from typing import NoReturn

from yarl import URL

from tocsin.adapters.checks.base import CannotCheck
from tocsin.adapters.checks.http.source import BasicAuth, BearerAuth, HttpSource
from tocsin.detection.signals.ports import PollFailureKind
from tocsin.kernel.errors import FieldError, Invalid
from tocsin.platform.http import forbidden_header
from tocsin.platform.secrets import CannotOpen, Secrets

_SECRET_NAMES = re.compile(
    r"auth|cookie|key|token|secret|passw|credential|signature", re.IGNORECASE
)


def is_secret(header: str) -> bool:
    """Whether a header of this name carries a credential, as `Cookie` and `X-Api-Key` do."""
    return _SECRET_NAMES.search(header) is not None


def sealed(source: HttpSource, secrets: Secrets) -> HttpSource:
    """The source with its credentials and body sealed; raises Invalid for those of another origin."""
    origin = _origin(source)

    def seal(text: str, field: str) -> str:
        if not secrets.is_sealed_for_a_place(text):
            return secrets.seal_for(text, origin)
        try:
            secrets.open_for(text, origin)
        except CannotOpen:
            _refuse(field)
        return text

    headers = {
        name: seal(value, f"headers.{name}") if is_secret(name) else value
        for name, value in source.headers.items()
    }
    body = None if source.body is None else seal(source.body, "body")
    return source.model_copy(
        update={"headers": headers, "body": body, "auth": _auth(source.auth, seal)}
    )


def _refuse(field: str) -> NoReturn:
    message = "was stored for another address; enter it again"
    raise Invalid(f"source.{field}: {message}", errors=[FieldError(f"source.{field}", message)])


def _auth(
    auth: BasicAuth | BearerAuth | None, seal: Callable[[str, str], str]
) -> BasicAuth | BearerAuth | None:
    match auth:
        case BasicAuth():
            password = seal(auth.password, "auth.password")
            return auth.model_copy(update={"password": password})
        case BearerAuth():
            return auth.model_copy(update={"token": seal(auth.token, "auth.token")})
        case None:
            return None


def opened_headers(source: HttpSource, secrets: Secrets) -> dict[str, str]:
    """The headers as they are sent, credentials and all; raises CannotCheck."""
    headers = {
        name: _open(source, value, secrets) if is_secret(name) else value
        for name, value in source.headers.items()
    }
    match source.auth:
        case BasicAuth(username=username, password=password):
            pair = f"{username}:{_open(source, password, secrets)}".encode()
            headers["Authorization"] = f"Basic {b64encode(pair).decode('ascii')}"
        case BearerAuth(token=token):
            headers["Authorization"] = f"Bearer {_open(source, token, secrets)}"
        case None:
            pass
    for name, value in headers.items():
        if fault := forbidden_header(name, value):
            raise CannotCheck(f"The request cannot be sent: {fault}.", PollFailureKind.SEALED)
    return headers


def opened_body(source: HttpSource, secrets: Secrets) -> bytes | None:
    """The body as it is sent, also one that was stored before bodies were sealed; raises CannotCheck."""
    return None if source.body is None else _open(source, source.body, secrets).encode()


def _open(source: HttpSource, text: str, secrets: Secrets) -> str:
    if not secrets.is_sealed_for_a_place(text):
        return text
    try:
        return secrets.open_for(text, _origin(source))
    except CannotOpen as error:
        raise CannotCheck(
            "A stored secret of this check cannot be opened; enter it again.",
            PollFailureKind.SEALED,
        ) from error


def _origin(source: HttpSource) -> str:
    return str(URL(source.url).origin())
