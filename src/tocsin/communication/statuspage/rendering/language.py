"""The words of a page: a message catalogue per language, and CLDR rules for dates and plurals."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from tocsin.communication.statuspage.rendering.views import PageIdentity

FALLBACK = "en"
LANGUAGES = ("en", "de", "nl")

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All messages of one of `LANGUAGES` under dotted keys (`overall.works`)."""
    path = files(__package__) / "catalogues" / f"{language}.toml"
    return dict(_flatten("", tomllib.loads(path.read_text(encoding="utf-8"))))


def _flatten(prefix: str, table: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(f"{prefix}{name}.", value)
        elif isinstance(value, list):
            yield from ((f"{prefix}{name}.{index}", str(word)) for index, word in enumerate(value))
        else:
            yield f"{prefix}{name}", str(value)


def spoken(tag: str) -> str:
    """The one of `LANGUAGES` that serves a BCP 47 tag best; English when none does."""
    primary = tag.replace("_", "-").split("-", 1)[0].lower()
    return primary if primary in LANGUAGES else FALLBACK


class Voice:
    """How one page speaks: its language for words, its time zone for times and days."""

    def __init__(self, page: PageIdentity) -> None:
        """Take language and zone from the page; unknown regions fall back to the plain language."""
        self.language = spoken(page.language)
        self.zone = ZoneInfo(page.time_zone)
        self._zone_name = page.time_zone
        self._messages = catalogue(self.language)
        self._locale = _locale(page.language, self.language)

    def say(self, key: str, **slots: object) -> str:
        """The message under `key` with its slots filled; KeyError if there is no such message."""
        return self._messages[key].format(**slots)

    def html(self, key: str, **slots: object) -> Markup:
        """Like `say`, for slots that are markup already; every other slot is escaped."""
        return escape(self._messages[key]).format(**slots)

    def count(self, key: str, number: int, **slots: object) -> str:
        """The plural form for `number`; `{count}` becomes the number as a word up to twelve."""
        return self._plural(key, number, count=self.number(number), **slots)

    def number(self, number: int) -> str:
        """A cardinal as people write it in a sentence: a word up to twelve, then digits."""
        word = self._messages.get(f"numbers.words.{number}")
        return word if word is not None else format_decimal(number, locale=self._locale)

    def names(self, names: Sequence[str]) -> str:
        """Several names as one phrase: "A, B and C"."""
        return format_list(names, locale=self._list_locale)

    def sentence(self, text: str) -> str:
        """The text with a capital first letter."""
        return text[:1].upper() + text[1:]

    def percent(self, hundredths: int) -> str:
        """Hundredths of a per cent as text with two decimals: 9994 → "99.94 %"."""
        number = format_decimal(hundredths / 100, format="0.00", locale=self._locale)
        return self.say("format.percent", number=number)

    def clock(self, at: datetime) -> str:
        """The wall time in the page's zone: "10:14"."""
        local = at.astimezone(self.zone).time().replace(second=0, microsecond=0)
        return _formatted_time(local, self._messages["format.time"], self._locale)

    def day(self, day: date, now: datetime) -> str:
        """A day in short, with its year only when that is not the current one: "Fri 20 Nov"."""
        same_year = day.year == now.astimezone(self.zone).year
        return self._date(day, "day" if same_year else "day_year")

    def day_long(self, day: date) -> str:
        """A day in full: "Friday 20 November 2026"."""
        return self._date(day, "day_full")

    def days(self, first: date, last: date, now: datetime) -> str:
        """A run of days: "12 – 17 Nov", or a single one as `day` gives it."""
        if first == last:
            return self.day(first, now)
        start = (
            "day_number" if (first.year, first.month) == (last.year, last.month) else "day_month"
        )
        return self.say(
            "week.range", first=self._date(first, start), last=self._date(last, "day_month")
        )

    def month(self, first: date) -> str:
        """A month with its year: "November 2026"."""
        return self.sentence(self._date(first, "month"))

    def moment(self, at: datetime, now: datetime) -> str:
        """An instant: the time alone on the day of `now`, else with its day."""
        local = at.astimezone(self.zone).date()
        if local == now.astimezone(self.zone).date():
            return self.clock(at)
        return self.say("format.day_at_time", day=self.day(local, now), time=self.clock(at))

    def dated(self, at: datetime, now: datetime) -> str:
        """An instant always with its day: "Sat 21 Nov, 09:52"."""
        day = self.day(at.astimezone(self.zone).date(), now)
        return self.say("format.day_at_time", day=day, time=self.clock(at))

    def exact(self, at: datetime) -> str:
        """An instant in full, with its offset: "Saturday 21 November 2026, 10:14:05 (UTC+1)"."""
        local = at.astimezone(self.zone)
        offset = _offset_label(local.utcoffset() or timedelta())
        return f"{self.day_long(local.date())}, {local:%H:%M:%S} ({offset})"

    def window(self, start: datetime, end: datetime, now: datetime) -> str:
        """A window: one day and two times, or two dated instants when it crosses midnight."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        if first != last:
            return f"{self.dated(start, now)} – {self.dated(end, now)}"
        day = self._date(first, "day_long")
        slots = {"day": day, "from": self.clock(start), "to": self.clock(end)}
        return self.say("format.day_from_to", **slots)

    def duration(self, span: timedelta) -> str:
        """A length of time in its two largest units: "1 hour 12 minutes"."""
        parts = _largest_two(span)
        if not parts:
            return self.say("duration.moment")
        words = [self._plural(f"duration.{unit}", count, count=count) for unit, count in parts]
        return words[0] if len(words) == 1 else self._pair(words)

    def short_duration(self, span: timedelta) -> str:
        """A length of time for tight places: "1 h 12 min"."""
        parts = _largest_two(span)
        if not parts:
            return self.say("duration.short.moment")
        words = [self.say(f"duration.short.{unit}", count=count) for unit, count in parts]
        return words[0] if len(words) == 1 else self._pair(words)

    def zone_label(self, now: datetime) -> str:
        """The page's zone for people: "Brussels (UTC+1)"; plain "UTC" where nothing is added."""
        offset = now.astimezone(self.zone).utcoffset() or timedelta()
        label = _offset_label(offset)
        if "/" not in self._zone_name or self._zone_name.startswith("Etc/"):
            return label
        known = self._locale.time_zones.get(self._zone_name, {})
        city = known.get("city") or self._zone_name.rsplit("/", 1)[-1].replace("_", " ")
        return self.say("footer.zone", city=city, offset=label)

    @property
    def _list_locale(self) -> Locale:
        """English lists without a comma before "and", as British usage has it."""
        return Locale("en", "GB") if self.language == FALLBACK else self._locale

    def _date(self, day: date, pattern: str) -> str:
        return _formatted_date(day, self._messages[f"format.{pattern}"], self._locale)

    def _plural(self, key: str, number: int, **slots: object) -> str:
        form = self._locale.plural_form(number)
        message = self._messages.get(f"{key}.{form}")
        return (message or self._messages[f"{key}.other"]).format(**slots)

    def _pair(self, words: Sequence[str]) -> str:
        return self.say("duration.pair", large=words[0], small=words[1])


@lru_cache(maxsize=4096)
def _formatted_date(day: date, pattern: str, locale: Locale) -> str:
    """Kept, because every strip of a page names the same ninety days."""
    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=4096)
def _formatted_time(at: time, pattern: str, locale: Locale) -> str:
    return format_time(at, pattern, locale=locale)


def _locale(tag: str, language: str) -> Locale:
    if spoken(tag) != tag.replace("_", "-").split("-", 1)[0].lower():
        return Locale(language)
    try:
        return Locale.parse(tag, sep="-" if "-" in tag else "_")
    except (UnknownLocaleError, ValueError):
        return Locale(language)


def _largest_two(span: timedelta) -> list[tuple[str, int]]:
    rest = int(span.total_seconds())
    parts: list[tuple[str, int]] = []
    for unit, seconds in _UNITS:
        count, rest = divmod(rest, seconds)
        if count or parts:
            parts.append((unit, count))
    return [(unit, count) for unit, count in parts[:2] if count]


def _offset_label(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
