"""Opening an address once, as a person would, to see what is there."""

from tocsin.detection.signals.front import MOST_TEXT, FrontPage
from tocsin.platform.http import HttpRequest, HttpResponse, OutgoingClient, Oversize, Redirects

_SECONDS = 8.0


async def open_front(url: str, client: OutgoingClient) -> HttpResponse:
    """The answer of an address, wherever it leads; raises HttpFailure."""
    return await client.fetch(
        HttpRequest(
            url,
            "probe",
            headers={"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"},
            redirects=Redirects.ANYWHERE,
            oversize=Oversize.CUT,
            total_seconds=_SECONDS,
            attempts=1,
            breaker=False,
        )
    )


def front_of(response: HttpResponse) -> FrontPage:
    """What an answer shows."""
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = response.body[:MOST_TEXT].decode("utf-8", errors="replace")
    return FrontPage(response.final_url, media_type, text)
