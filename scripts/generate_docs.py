"""Write the generated documents: `python -m scripts.generate_docs`; a stale one fails the build."""

from collections.abc import Callable

from scripts.house_documents import HOUSE_DOCUMENTS
from scripts.steps import ROOT
from tocsin.platform.settings import env_example, settings_markdown
from tocsin.registry.identity import roles_markdown

DOCUMENTS: dict[str, Callable[[], str]] = {
    **HOUSE_DOCUMENTS,
    ".env.example": env_example,
    "docs/guide/settings.md": settings_markdown,
    "docs/roles.md": roles_markdown,
}


def main() -> None:
    """Write each document and name those that changed."""
    for name, make in DOCUMENTS.items():
        place, text = ROOT / name, make()
        if not place.exists() or place.read_text() != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
            print(name)


if __name__ == "__main__":
    main()
