"""Small feeds, written for these tests."""

from html import escape

JUST_NOW = "Fri, 20 Nov 2026 10:00:00 GMT"


def item(title: str, body: str = "", date: str = JUST_NOW, *categories: str) -> str:
    tags = "".join(f"<category>{escape(one)}</category>" for one in categories)
    return (
        f"<item><title>{escape(title)}</title><guid>{escape(title)}-1</guid>"
        f"<link>https://status.example/{len(title)}</link><pubDate>{date}</pubDate>"
        f"<description>{escape(body)}</description>{tags}</item>"
    )


def rss(*items: str, built: str = JUST_NOW) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Example Status</title><lastBuildDate>{built}</lastBuildDate>{''.join(items)}"
        "</channel></rss>"
    ).encode()


def rdf(*items: str) -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://status.example">'
        f"<title>Example Status</title></channel>{''.join(items)}</rdf:RDF>"
    ).encode()


def atom_entry(title: str, content: str, kind: str = "html") -> str:
    return (
        f"<entry><id>tag:{escape(title)}</id><title>{escape(title)}</title>"
        f"<published>2026-11-20T10:00:00Z</published><updated>2026-11-20T11:00:00Z</updated>"
        f'<link rel="self" href="https://status.example/self"/>'
        f'<link rel="alternate" type="text/html" href="https://status.example/1"/>'
        f'<content type="{kind}">{content}</content></entry>'
    )


def atom(*entries: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Status</title>'
        f"<updated>2026-11-20T11:00:00Z</updated>{''.join(entries)}</feed>"
    ).encode()


def updates(*words: str) -> str:
    """Updates as Statuspage writes them, in the order given, without times."""
    return "".join(f"<p><strong>{word}</strong> - Some words about it.</p>" for word in words)


def dated(*told: tuple[str, str]) -> str:
    """Updates with their times as Statuspage writes them: (`Nov 20, 10:00`, `Update`)."""
    return "".join(
        f"<p>\n<small>{at[:4]}<var data-var='date'>{at[4:6]}</var>, "
        f"<var data-var='time'>{at[8:]}</var> UTC</small><br><strong>{word}</strong> - Words.</p>"
        for at, word in told
    )
