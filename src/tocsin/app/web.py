"""The web role: API, console, status pages, sockets and people's verbs."""

import asyncio
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from starlette.websockets import WebSocket

from tocsin import __version__
from tocsin.app.api import add_own_routes
from tocsin.app.compose import House, compose
from tocsin.app.console_files import ConsoleFiles
from tocsin.app.dispatcher import Dispatcher
from tocsin.app.schema import ensure_schema
from tocsin.app.sockets import serve_page
from tocsin.communication.statuspage.public_api import Public, public_routes
from tocsin.kernel.clock import SystemClock
from tocsin.platform.live import LocalBus
from tocsin.platform.observability import configure_logs
from tocsin.platform.pagetree import PageServer, Receive, Scope, Send
from tocsin.platform.settings import BadSetting, Settings, load_settings
from tocsin.platform.web import WebSettings, install
from tocsin.registry import identity

log = structlog.get_logger("tocsin.web")

CONSOLE = Path(__file__).resolve().parents[3] / "console" / "dist"
PREFIXES = ("/api/v1", "/api")
