"""Files stay small enough to be read in one go."""

from tests.support.checkout import own_files, place

CAP = 400
SUFFIXES = {".py", ".ts", ".tsx", ".css", ".js", ".mjs"}
GENERATED = ("console/src/lib/api/schema.d.ts", "src/tocsin/app/migrations/versions/")


def test_no_source_file_is_longer_than_its_cap():
    too_long = {
        place(path): lines
        for path in own_files()
        if path.suffix in SUFFIXES and not place(path).startswith(GENERATED)
        if (lines := len(path.read_text().splitlines())) > CAP
    }
    assert too_long == {}
