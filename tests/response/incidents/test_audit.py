"""The audit of an incident: who did what, with what moved."""

from httpx import AsyncClient

from tests.response.incidents.counter import opened


async def test_the_audit_tells_before_and_after(responder: AsyncClient):
    await opened(responder)
    await responder.patch("/incidents/INC0000001", json={"severity": "low", "title": "Less"})
    _, edit = (await responder.get("/incidents/INC0000001/audit")).json()["items"]
    assert edit["before"]["severity"] == "high"
    assert edit["after"]["severity"] == "low"


async def test_the_audit_tells_what_each_verb_moved(responder: AsyncClient):
    await opened(responder)
    await responder.post("/incidents/INC0000001/acknowledge")
    await responder.post("/incidents/INC0000001/hold", json={"pending_reason": "vendor"})
    await responder.post("/incidents/INC0000001/comments", json={"body": "They know."})
    audited = (await responder.get("/incidents/INC0000001/audit")).json()["items"]
    assert [(one["kind"], one["before"], one["after"]) for one in audited] == [
        ("incident.opened", {}, {}),
        ("incident.acknowledged", {"acknowledged": False}, {"acknowledged": True}),
        (
            "incident.held",
            {"status": "open", "pending_reason": None},
            {"status": "pending", "pending_reason": "vendor"},
        ),
        ("incident.commented", {}, {}),
    ]
    assert {one["actor"]["kind"] for one in audited} == {"token"}
    assert audited[2]["fields"] == ["status", "pending_reason"]
