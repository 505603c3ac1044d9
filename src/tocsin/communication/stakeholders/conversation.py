"""What people do and ask from chat: they acknowledge an alert with a button, and ask how things are."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tocsin.detection import alerts, conditions
from tocsin.detection.alerts import Alert
from tocsin.detection.alerts import events as alert_events
from tocsin.kernel.clock import moment
from tocsin.kernel.errors import IllegalTransition, NotFound
from tocsin.kernel.facts import Actor, ActorKind, subject_of
from tocsin.kernel.status import Status
from tocsin.platform.database import Lane, ReadTx, Tx
from tocsin.platform.delivery import Body, Message, Recipient
from tocsin.platform.http import host_of
from tocsin.platform.journal import recent_entries
from tocsin.platform.letters import Button
from tocsin.platform.secrets import Destination, Secrets
from tocsin.registry import catalog, identity
from tocsin.response import incidents

from .blocks import SHAPES, answer_blocks, aside, escape, message_blocks
from .model import ChannelKind
from .news import alert_news

_MOST_LISTED = 10
_SLACK = "slack:"
_HELP = (
    "/itstatus: how everything is, and what is worst",
    "/itstatus github: how one service is, by its name or id",
    "/itstatus help: these lines",
)


@dataclass(frozen=True, slots=True)
class ClickAnswer:
    """A click on *Acknowledge*: on which alert, by whom, and where Slack takes the answer."""

    alert_id: str
    user: str
    response_url: str | None = field(repr=False)


def acknowledge_from_slack(
    tx: Tx, click: ClickAnswer, public_url: str, secrets: Secrets
) -> dict[str, Any]:
    """Acknowledge an alert as a person of Slack, and say what the message becomes.

    Whoever was first stays the one who acknowledged it; an alert that is over or unknown is told
    to whoever clicked, and the message stays as it is. Slack replaces a message only where
    `response_url` says, so the content goes there too; the answer to the click is a receipt.
    """
    alert_id = _id_of(click.alert_id)
    try:
        found = alerts.acknowledge(tx.acting(actor=slack_actor(click.user)), alert_id)
    except NotFound:
        return aside("There is no such alert any more.")
    except IllegalTransition as refusal:
        content = aside(refusal.detail)
    else:
        note = _who(tx, found, click.user)
        content = {
            "replace_original": True,
            **message_blocks(alert_news(tx, found, public_url), note=note),
        }
    if click.response_url is not None:
        tx.send(_replacement(tx, alert_id, click.response_url, content, secrets))
    return content


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _replacement(
    tx: Tx, alert_id: UUID, response_url: str, content: dict[str, Any], secrets: Secrets
) -> Message:
    subject, body = subject_of("alert", alert_id), Body(content)
    taken = recent_entries(tx, kinds=(alert_events.ACKNOWLEDGED,), subject=subject, limit=1)
    sealed = Destination(response_url).sealed(secrets)
    clicked = hashlib.sha256(response_url.encode()).hexdigest()[:32]
    return Message(
        channel=ChannelKind.SLACK.value,
        recipient=Recipient("slack_message", clicked, host_of(response_url), "Slack", sealed),
        body=body,
        key=f"clicked:{clicked}:{body.digest.hex()[:32]}",
        cause=taken[0].id if taken else None,
        reason="Somebody clicked Acknowledge in this message.",
        purpose="subscriber",
        thread=subject,
        lane=Lane.URGENT,
    )


def tell_status(tx: ReadTx, asked: str, public_url: str) -> dict[str, Any]:
    """Answer `/itstatus`: how everything is, or one service. Says no more than strangers may know."""
    if asked.casefold() in ("help", "?"):
        return answer_blocks(
            "What you can ask", _HELP, Button("Open the board", f"{public_url}/board")
        )
    services = {one.id: one for one in catalog.services(tx) if one.is_public}
    states = conditions.states(tx)
    if asked:
        return _one_service(services, states, asked, public_url)
    return _everything(services, states, public_url)


def slack_actor(user: str) -> Actor:
    """A person of Slack, of whom nothing but the id is known."""
    return Actor(ActorKind.VISITOR, f"{_SLACK}{user}")


def _who(tx: ReadTx, found: Alert, user: str) -> str:
    """Who acknowledged it, as mrkdwn; Slack writes `<@id>` as the person's name."""
    first = found.acknowledged_by
    assert first is not None
    assert found.acknowledged_at is not None
    said = f"Acknowledged by {_mention(tx, first)} at {moment(found.acknowledged_at)}."
    if first == slack_actor(user):
        return said
    return f"{said} They were first, before <@{user}>."


def _mention(tx: ReadTx, actor: Actor) -> str:
    if actor.kind is ActorKind.VISITOR and actor.id.startswith(_SLACK):
        return f"<@{actor.id.removeprefix(_SLACK)}>"
    return escape(identity.actor_label(tx, [actor])[str(actor)], 100)


def _everything(
    services: dict[str, catalog.Service], states: dict[str, conditions.Standing], public_url: str
) -> dict[str, Any]:
    statuses = {one: _status(states.get(one)) for one in services}
    names = {one.id: one.name for one in services.values()}
    wrong = [one for one in services.values() if statuses[one.id] is not Status.OPERATIONAL]
    wrong.sort(key=lambda one: (-statuses[one.id].rank, one.tier, one.name.casefold()))
    lines = [_line(one, states.get(one.id)) for one in wrong[:_MOST_LISTED]]
    more = len(wrong) - len(lines)
    return answer_blocks(
        incidents.board_sentence(names, statuses),
        lines,
        Button("Open the board", f"{public_url}/board"),
        f"and {more} more" if more else None,
    )


def _one_service(
    services: dict[str, catalog.Service],
    states: dict[str, conditions.Standing],
    asked: str,
    public_url: str,
) -> dict[str, Any]:
    found = _matching(services, asked)
    if len(found) == 1:
        (one,) = found
        link = Button("Open the service", f"{public_url}/services/{one.id}")
        return answer_blocks(_line(one, states.get(one.id)), [f"Tier {one.tier}"], link)
    board = Button("Open the board", f"{public_url}/board")
    if not found:
        return answer_blocks(f"No service is called “{asked[:60]}”.", _HELP, board)
    lines = [_line(one, states.get(one.id)) for one in found[:_MOST_LISTED]]
    return answer_blocks(f"{len(found)} services match “{asked[:60]}”.", lines, board)


def _matching(services: dict[str, catalog.Service], asked: str) -> list[catalog.Service]:
    """The service of that id or name, else all whose name contains it."""
    wanted = asked.casefold()
    exact = [one for one in services.values() if wanted in (one.id, one.name.casefold())]
    return exact or [one for one in services.values() if wanted in one.name.casefold()]


def _line(service: catalog.Service, state: conditions.Standing | None) -> str:
    status = _status(state)
    since = f" since {moment(state.status_since)}" if state else ""
    work = ", maintenance" if state and state.maintenance else ""
    return f"{SHAPES[status]} {service.name}: {status.words.lower()}{since}{work}"


def _status(state: conditions.Standing | None) -> Status:
    return state.status if state else Status.UNKNOWN
