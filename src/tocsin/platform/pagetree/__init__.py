"""The rendered tree of public pages: files on disk, switched by rename, served from memory."""

from .files import PageFile
from .server import PageServer
from .tree import PageTree

__all__ = ["PageFile", "PageServer", "PageTree"]
