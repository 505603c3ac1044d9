"""What the month is made of: troubles of an ordinary company, as data."""

from dataclasses import dataclass

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status

COMPANY = "Larkfield"
PEOPLE = {
    "lead": ("lead@example.com", "Service lead", "itsm_manager"),
    "night": ("night@example.com", "Night shift", "responder"),
    "day": ("day@example.com", "Day shift", "responder"),
    "desk": ("desk@example.com", "Service desk", "responder"),
    "platform": ("platform@example.com", "Platform on duty", "admin"),
    "office": ("office@example.com", "Office", "viewer"),
}
TEAMS = {
    "platform": ("Platform", ("platform", "night")),
    "service-desk": ("Service desk", ("desk", "day")),
    "operations": ("Operations", ("lead", "day", "night")),
}
FOLLOWERS = (
    *("finance@example.com", "sales@example.com", "partners@example.net", "press@example.org"),
    *("shop@example.net", "logistics@example.com", "warehouse@example.net", "audit@example.org"),
)
MOVED_AWAY = "former@example.net"
UNDECIDED = "maybe@example.org"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Trouble that a person enters: what it is, what was found, how it ended."""

    title: str
    service: str
    severity: Severity
    found: str
    ended: str


@dataclass(frozen=True, slots=True)
class Outage:
    """Trouble that the feeds show: `day` and `hour` (UTC) when it begins, `minutes` it lasts."""

    day: int
    hour: float
    minutes: int
    service: str
    status: Status
    detail: str
    told: str | None = None
    found: str = ""


_C, _H, _M, _L = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW

TICKETS = (
    Ticket(
        "Card payments time out for some customers",
        "checkout",
        _C,
        "One of two payment workers lost its connection pool; the other takes all the load.",
        "Worker restarted, pool limit raised. Retries went through.",
    ),
    Ticket(
        "Password reset mails arrive late",
        "keyward",
        _M,
        "The outgoing queue holds 1,800 letters; the relay accepts one connection at a time.",
        "Concurrency at the relay raised; the queue was empty after 25 minutes.",
    ),
    Ticket(
        "Product images load slowly in Asia",
        "brightline",
        _M,
        "Cache hit rate in one region fell from 96 % to 41 % after the purge on the evening before.",
        "Cache warmed again; purge jobs now run one region at a time.",
    ),
    Ticket(
        "Search on the website returns no results",
        "website",
        _H,
        "The nightly index build stopped half-way: disk full on the search node.",
        "Old indexes removed and the build repeated. Alert on free disk space added.",
    ),
    Ticket(
        "Payslip download fails with error 500",
        "payroll",
        _H,
        "The certificate of the document store expired this morning.",
        "Certificate renewed; renewal is now automatic.",
    ),
    Ticket(
        "Calls drop after ten minutes",
        "huddleway",
        _M,
        "Only the meeting rooms on the second floor. The switch renegotiates its ports.",
        "Firmware of the switch updated over lunch.",
    ),
    Ticket(
        "Webhooks from Gitfold arrive twice",
        "gitfold",
        _L,
        "Deliveries are repeated when our receiver needs more than ten seconds.",
        "The receiver answers first and works afterwards.",
    ),
    Ticket(
        "Ticket form rejects attachments over 5 MB",
        "tickets",
        _L,
        "The limit of the new proxy is lower than that of the old one.",
        "Limit set to 25 MB as before.",
    ),
    Ticket(
        "New colleagues cannot sign in to shared folders",
        "papertray",
        _M,
        "Directory sync skips groups with an ampersand in their name.",
        "Group renamed; the vendor confirmed a fix for next week.",
    ),
    Ticket(
        "Checkout shows prices without tax",
        "checkout",
        _C,
        "A feature flag for business customers was on for everybody.",
        "Flag turned off after 12 minutes; orders in between were corrected by hand.",
    ),
    Ticket(
        "Newsletter links lead to the old shop",
        "mailgrove",
        _L,
        "The template still carries last year's address.",
        "Template corrected, redirect added.",
    ),
    Ticket(
        "Builds wait more than 30 minutes for a runner",
        "gitfold",
        _H,
        "Twelve runners hang on a package mirror that does not answer.",
        "Mirror replaced, hanging jobs stopped. Waiting time is back under two minutes.",
    ),
    Ticket(
        "Status badges in the wiki are grey",
        "website",
        _L,
        "The badge address moved with the last release.",
        "Redirect from the old address added.",
    ),
    Ticket(
        "Sign-in asks for the second factor every time",
        "keyward",
        _H,
        "The clock of one node was four minutes late, so sessions expired at once.",
        "Time service restarted; drift is watched from now on.",
    ),
    Ticket(
        "Invoices of the last two days are missing in the export",
        "checkout",
        _M,
        "The export job skipped a day when its lock was not released.",
        "Export repeated for both days and compared with the ledger.",
    ),
    Ticket(
        "Chat notifications do not reach phones",
        "huddleway",
        _M,
        "The push certificate is valid, the vendor sees a backlog on its side.",
        "The vendor's backlog is gone; notifications arrive within seconds.",
    ),
    Ticket(
        "Shared drive shows files of another team",
        "papertray",
        _H,
        "A permission was inherited from a parent folder after the move on Friday.",
        "Inheritance removed, access log checked: nobody had opened the files.",
    ),
    Ticket(
        "Website very slow during the campaign",
        "website",
        _H,
        "Database connections are used up at three times the usual traffic.",
        "Two more web nodes; the start page is served from the cache.",
    ),
    Ticket(
        "Service desk mailbox rejects replies",
        "tickets",
        _M,
        "The sender's domain check fails for forwarded letters.",
        "Forwarding goes through the relay that signs.",
    ),
    Ticket(
        "Holiday requests are not shown to managers",
        "payroll",
        _L,
        "The nightly sync of the organisation chart failed without a message.",
        "Sync repeated, and its failure now opens a ticket.",
    ),
    Ticket(
        "Orders from one partner are rejected",
        "checkout",
        _H,
        "The partner sends a new country code that our validation does not know.",
        "List of countries updated; 37 orders were entered again.",
    ),
    Ticket(
        "DNS answers differ between offices",
        "brightline",
        _M,
        "One resolver still holds the old zone.",
        "Resolver cache flushed, lifetime lowered.",
    ),
    Ticket(
        "Printing labels fails in the warehouse",
        "tickets",
        _M,
        "The print server lost its licence after the restart.",
        "Licence entered again.",
    ),
    Ticket(
        "Event log export ends at midnight",
        "mailgrove",
        _L,
        "Time zone of the export is that of the vendor.",
        "Export runs in UTC.",
    ),
)

_MAJOR, _PARTIAL, _DEGRADED = Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE, Status.DEGRADED

OUTAGES = (
    Outage(2, 9.3, 47, "gitfold", _PARTIAL, "Git operations: pushes over HTTPS fail"),
    Outage(4, 13.1, 35, "huddleway", _DEGRADED, "Messages: delayed delivery"),
    Outage(
        6,
        10.6,
        62,
        "brightline",
        _MAJOR,
        "Edge network: requests fail in most regions",
        "Website and shop do not open",
        "The vendor rolls back a configuration change.",
    ),
    Outage(9, 7.4, 95, "mailgrove", _PARTIAL, "Sending: letters are queued"),
    Outage(
        12,
        1.2,
        168,
        "keyward",
        _MAJOR,
        "Sign-in: most requests are refused",
        "Sign-in is not possible",
        "The vendor lost a data centre; traffic moves to another.",
    ),
    Outage(
        12,
        1.5,
        140,
        "gitfold",
        _MAJOR,
        "API requests: errors after sign-in",
        None,
        "Follows from the sign-in trouble: tokens cannot be checked.",
    ),
    Outage(12, 1.7, 120, "huddleway", _PARTIAL, "Calls: nobody can join"),
    Outage(
        12,
        2.0,
        75,
        "checkout",
        _MAJOR,
        "Answers with error 502 instead of 200",
        "Orders cannot be placed",
        "Sessions cannot be renewed; a read-only mode is prepared.",
    ),
    Outage(
        15,
        14.8,
        28,
        "website",
        _MAJOR,
        "No answer within 10 seconds",
        "Website does not open",
        "A release exhausts the memory; it is rolled back.",
    ),
    Outage(18, 8.9, 52, "keyward", _DEGRADED, "Directory sync: changes arrive late"),
    Outage(21, 15.7, 40, "brightline", _PARTIAL, "Dashboard and DNS changes fail"),
    Outage(
        24,
        11.2,
        58,
        "gitfold",
        _MAJOR,
        "API requests: half of all requests fail",
        "Deliveries of new versions are delayed",
        "The vendor failed over its database.",
    ),
    Outage(26, 16.4, 33, "checkout", _DEGRADED, "Answers in 4.2 s, usually 0.3 s"),
    Outage(28, 6.8, 44, "mailgrove", _DEGRADED, "Event log: entries are missing"),
    Outage(29, 10.2, 3000, "papertray", _DEGRADED, "Previews are not drawn"),
)
FLAPPING = "huddleway"
MONDAY = "mailgrove"
