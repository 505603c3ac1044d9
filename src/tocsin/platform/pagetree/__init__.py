"""The rendered tree of public pages: files on disk, switched by rename, served from memory."""

from .files import PageFile
from .server import Headers, PageServer, Receive, Scope, Send
from .tree import PageTree

__all__ = ["Headers", "PageFile", "PageServer", "PageTree", "Receive", "Scope", "Send"]
