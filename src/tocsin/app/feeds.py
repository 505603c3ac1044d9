"""The kinds of vendor feeds there are; a new one is a folder under `adapters/feeds` and a line here."""

from tocsin.adapters.feeds.aws import AwsKind
from tocsin.adapters.feeds.azure import AzureKind
from tocsin.adapters.feeds.betterstack import BetterStackKind
from tocsin.adapters.feeds.cachet import CachetKind
from tocsin.adapters.feeds.google_cloud import GoogleCloudKind
from tocsin.adapters.feeds.google_workspace import GoogleWorkspaceKind
from tocsin.adapters.feeds.heroku import HerokuKind
from tocsin.adapters.feeds.incidentio import IncidentIoKind
from tocsin.adapters.feeds.instatus import InstatusKind
from tocsin.adapters.feeds.json_query import JsonKind
from tocsin.adapters.feeds.rss import RssKind
from tocsin.adapters.feeds.salesforce import SalesforceKind
from tocsin.adapters.feeds.slack import SlackKind
from tocsin.adapters.feeds.statusio import StatusIoKind
from tocsin.adapters.feeds.statuspage import StatuspageKind
from tocsin.detection.signals.ports import SourceKind

FEEDS: tuple[SourceKind, ...] = (
    StatuspageKind(),
    IncidentIoKind(),
    InstatusKind(),
    BetterStackKind(),
    StatusIoKind(),
    CachetKind(),
    SlackKind(),
    GoogleCloudKind(),
    GoogleWorkspaceKind(),
    AwsKind(),
    AzureKind(),
    HerokuKind(),
    SalesforceKind(),
    JsonKind(),
    RssKind(),
)
