"""A letter's form: its body encoded once, its slots filled per recipient by joining bytes.

Building a mail with the standard classes costs more than a millisecond. Here the fixed stretches
between slots are encoded when the form is made; quoted-printable lets the pieces be joined with
soft line breaks, which readers drop (RFC 2045, section 6.7).
"""

import html
import re
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from typing import Any

from .sender import one_line

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SOFT_BREAK = b"=\r\n"
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Encoded stretches with a slot's name between each two."""

    fixed: tuple[bytes, ...]
    slots: tuple[str, ...]

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        parts = [self.fixed[0]]
        for slot, after in zip(self.slots, self.fixed[1:], strict=True):
            if parts[-1] and not parts[-1].endswith(b"\n"):
                parts.append(_SOFT_BREAK)
            parts += (values[slot], _SOFT_BREAK, after)
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Form:
    """One body, ready to be filled: `{subject, text, html}` with `{{slot}}` marks."""

    subject: str
    from_name: str | None
    boundary: str
    text: _Pieces
    html: _Pieces

    def subject_header(self, slots: Mapping[str, str]) -> str:
        """The Subject header's value, folded, encoded outside ASCII (RFC 2047)."""
        words = one_line(_SLOT.sub(lambda mark: slots.get(mark[1], ""), self.subject))
        words = words[:_LONGEST_SUBJECT]
        charset = None if words.isascii() and "=?" not in words else "utf-8"
        return Header(words, charset, header_name="Subject").encode(linesep="\r\n")

    def body(self, slots: Mapping[str, str]) -> bytes:
        """The multipart body; a slot without a value is left out, HTML gets values escaped."""
        marker = self.boundary.encode()
        wanted = {*self.text.slots, *self.html.slots}
        values = {slot: slots.get(slot, "") for slot in wanted}
        plain = {slot: _encoded(value) for slot, value in values.items()}
        escaped = {slot: _encoded(html.escape(value)) for slot, value in values.items()}
        return b"".join(
            (
                *(b"--", marker, b"\r\n", _part_head("plain"), self.text.filled(plain)),
                *(b"\r\n--", marker, b"\r\n", _part_head("html"), self.html.filled(escaped)),
                *(b"\r\n--", marker, b"--\r\n"),
            )
        )


def form_of(content: Mapping[str, Any], digest: bytes) -> Form:
    """Make the form of a body; its digest gives a boundary that no body can contain by chance."""
    return Form(
        subject=str(content["subject"]),
        from_name=content.get("from_name"),
        boundary=f"=_{digest.hex()[:40]}",
        text=_pieces(str(content["text"])),
        html=_pieces(str(content["html"])),
    )


def _pieces(text: str) -> _Pieces:
    parts = _SLOT.split(text)
    return _Pieces(tuple(_encoded(part) for part in parts[::2]), tuple(parts[1::2]))


def _encoded(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")


def _part_head(subtype: str) -> bytes:
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()
