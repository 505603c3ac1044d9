"""Mail over SMTP: one letter per recipient, on a few connections that are used again."""

from .channel import MailChannel
from .lines import Lines
from .sender import Sender, read_sender
from .server import SmtpServer, StartTls, read_smtp_url

__all__ = [
    "Lines",
    "MailChannel",
    "Sender",
    "SmtpServer",
    "StartTls",
    "read_sender",
    "read_smtp_url",
]
