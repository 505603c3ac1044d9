"""The one place where rooms meet: settings and a clock in, the whole house out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tocsin.adapters.email import EmailChannel
from tocsin.adapters.feeds.http_check import HttpCheckKind
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.adapters.feeds.slack import SlackKind
from tocsin.adapters.feeds.statuspage import StatuspageKind
from tocsin.adapters.slack import SlackChannel
from tocsin.adapters.webhook import WebhookChannel
from tocsin.app.ports import PageAudience, Stories
from tocsin.app.secret_key import secret_key
from tocsin.app.signalling import Signalling
from tocsin.communication.stakeholders import wiring as stakeholders
from tocsin.communication.statuspage import Links
from tocsin.communication.statuspage import wiring as statuspage
from tocsin.detection.alerts import wiring as alerts
from tocsin.detection.conditions import Conditions
from tocsin.detection.conditions import wiring as conditions
from tocsin.detection.signals import wiring as signals
from tocsin.kernel.clock import Clock
from tocsin.kernel.facts import SYSTEM
from tocsin.platform.assembly import Platform, assemble
from tocsin.platform.database import Context
from tocsin.platform.delivery import Channel
from tocsin.platform.http import OutgoingClient
from tocsin.platform.live import Hub
from tocsin.platform.observability import Heartbeat, Metrics
from tocsin.platform.pagetree import PageTree
from tocsin.platform.settings import Settings
from tocsin.platform.wiring import Wiring
from tocsin.registry.catalog import wiring as catalog
from tocsin.registry.identity import wiring as identity
from tocsin.response.incidents import wiring as incidents

NOWHERE = Context(UUID(int=0), SYSTEM)
"""The context of start-up, before any tenant is known."""
