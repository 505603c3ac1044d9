"""The stage of the past month: the rooms' own verbs, as the people and vendors of the story use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tocsin.communication import stakeholders, statuspage
from tocsin.detection import signals
from tocsin.detection.signals.ports import NO_VALIDATORS, PollFailure, PollFailureKind, Reading
from tocsin.kernel.facts import Actor, ActorKind
from tocsin.kernel.status import Status
from tocsin.platform.database import Tx
from tocsin.platform.secrets import Secrets, new_signing_secret
from tocsin.registry import identity
from tocsin.response import incidents
from tocsin.response.incidents import Incident, Phase, UpdateDraft
from tocsin.response.incidents.ports import Pages

from .story import COMPANY, FOLLOWERS, MOVED_AWAY, PEOPLE, TEAMS, UNDECIDED

CHAT = "https://chat.example.com/services/operations"
HOOK = "https://hooks.example.com/tocsin"


@dataclass(frozen=True, slots=True)
class Props:
    """What the house hands to the stage; without `recipients` nobody could be written to later."""

    signals: signals.Signals
    pages: Pages
    links: statuspage.Links
    secrets: Secrets
    shown: tuple[tuple[str, str], ...]
    operator: str
    hashed: str
    recipients: bool = True


@dataclass(slots=True)
class Stage:
    """One step of the story in one unit. `known` remembers which incident the story means by a key."""

    tx: Tx
    props: Props
    known: dict[str, str]

    def by(self, who: str) -> Tx:
        """The unit in the hands of one of the story's people."""
        person = identity.person_by_email(self.tx, PEOPLE[who][0])
        assert person is not None
        return self.tx.acting(actor=Actor(ActorKind.PERSON, str(person.id)))

    def reads(
        self, service: str, status: Status, detail: str, *, maintenance: bool = False
    ) -> None:
        """The service's source answers."""
        self._poll(service, Reading(status, detail, maintenance))

    def fails(self, service: str) -> None:
        """The service's source does not answer."""
        sentence = "The answer is an HTML page, not the status the page used to give."
        self._poll(service, PollFailure(PollFailureKind.HTML, sentence))

    def _poll(self, service: str, outcome: Reading | PollFailure) -> None:
        source = signals.sources_of(self.tx, [service])[service][0]
        signals.take_poll(self.tx, self.props.signals, source, self.tx.now, outcome, NO_VALIDATORS)

    def says(self, who: str, service: str, status: Status, reason: str) -> None:
        """A person says how a service without a feed is."""
        signals.set_status_by_hand(self.by(who), self.props.signals, service, status, reason)

    def opens(self, key: str, who: str, draft: incidents.IncidentDraft) -> None:
        """A person enters an incident."""
        self.known[key] = incidents.open_incident(self.by(who), draft).id.hex

    def adopts(self, key: str, service: str) -> None:
        """The incident that a rule opened for the service becomes part of the story."""
        live = incidents.live_incidents_on(self.tx, [service]).get(service)
        if live:
            self.known[key] = live.id.hex

    def incident(self, key: str) -> Incident | None:
        """What the story means by a key; None where the rule saw no reason to open one."""
        found = self.known.get(key)
        return incidents.incident(self.tx, UUID(found)) if found else None

    def publishes(
        self,
        key: str,
        who: str,
        phase: Phase,
        text: str,
        impacts: Mapping[str, Status],
        title: str | None = None,
    ) -> None:
        """A person tells the public."""
        told = UpdateDraft(phase, {"en": text}, public=True, title=title, impacts=dict(impacts))
        incidents.post_update(self.by(who), UUID(self.known[key]), told, self.props.pages)

    def notes(self, key: str, who: str, phase: Phase, text: str) -> None:
        """A person writes an internal update."""
        draft = UpdateDraft(phase, {"en": text})
        incidents.post_update(self.by(who), UUID(self.known[key]), draft, self.props.pages)

    def moves_in(self) -> None:
        """People, teams, channels and the status page: all that was there before the month."""
        identity.rename_tenant(self.tx, "default", COMPANY)
        statuspage.edit_page(self.tx, "main", {"name": COMPANY}, None)
        roles = {who: identity.Role(role) for who, (_, _, role) in PEOPLE.items()}
        for who, (email, name, _) in PEOPLE.items():
            identity.create_user(self.tx, email, name, [roles[who]], self.props.hashed)
        for slug, (name, members) in TEAMS.items():
            people = [identity.person_by_email(self.tx, PEOPLE[who][0]) for who in members]
            identity.create_team(self.tx, slug, name, [one.id for one in people if one])
        for service, group in self.props.shown:
            statuspage.add_component(
                self.tx, "main", statuspage.NewComponent(service, group_name=group)
            )
        if self.props.recipients:
            self._add_channels()

    def _add_channels(self) -> None:
        kind, draft = stakeholders.ChannelKind, stakeholders.ChannelDraft
        chat = draft(kind.SLACK, CHAT, "Operations chat")
        hook = draft(
            kind.WEBHOOK,
            HOOK,
            "Service desk automation",
            signing_secret=new_signing_secret(),
        )
        for wanted in (chat, hook, draft(kind.MAIL, "on-duty@example.com", "On duty", tiers=(1,))):
            stakeholders.add_channel(self.tx, wanted, self.props.secrets)

    def asks_to_follow(self) -> None:
        """Visitors ask for mail."""
        visitors = (*FOLLOWERS, MOVED_AWAY, UNDECIDED) if self.props.recipients else ()
        for address in visitors:
            asked = statuspage.Asked("main", address, "en")
            statuspage.subscribe(self.tx, asked, self.props.links, None)

    def confirms(self) -> None:
        """All of them but one follow the link in their letter."""
        for address in (*FOLLOWERS, MOVED_AWAY) if self.props.recipients else ():
            found = statuspage.subscriber_by_address(self.tx, "main", address)
            assert found is not None
            statuspage.confirm(self.tx, "main", found.id)
