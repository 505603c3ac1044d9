"""Every setting, with its default, its limits and the sentence the guide prints."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from . import shapes

_SQLITE = "sqlite:///"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def _given(check: Callable[[str], str]) -> AfterValidator:
    """A check of what is given; None is not looked at."""
    return AfterValidator(lambda value: None if value is None else check(value))


def _hidden(check: Callable[[str], str]) -> AfterValidator:
    """A check of a secret's value, which stays as it is."""

    def look(value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check(value.get_secret_value())
        return value

    return AfterValidator(look)


def _one_of(*schemes: str) -> AfterValidator:
    """A secret address that must begin with one of these schemes."""

    def check(value: str) -> str:
        if not value.startswith(schemes):
            raise ValueError(f"must start with {' or '.join(schemes)}")
        return value

    return _hidden(check)


def _origins(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shapes.origin(value) for value in values)


DatabaseAddress = Annotated[
    SecretStr | None,
    _one_of(_SQLITE, "postgresql://", "postgres://", "postgresql+psycopg://"),
    _hidden(shapes.database_address),
]
BaseAddress = Annotated[str | None, _given(shapes.base_address)]
SecretAddress = Annotated[SecretStr | None, _hidden(shapes.web_address)]
Secret = Annotated[SecretStr | None, _hidden(shapes.secret)]
Token = Annotated[SecretStr | None, _hidden(shapes.token)]
Host = Annotated[str, AfterValidator(shapes.host)]
RootPath = Annotated[str, AfterValidator(shapes.root_path)]
Environment = Annotated[str, AfterValidator(shapes.environment)]
Proxies = Annotated[tuple[str, ...], NoDecode, AfterValidator(shapes.proxies)]
Origins = Annotated[tuple[str, ...], NoDecode, AfterValidator(_origins)]


class Settings(BaseSettings):
    """The environment as Tocsin reads it. Durations carry their unit in the name."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    # Where it lives
    HOST: Host = Field(
        "127.0.0.1", description="Address the server binds; `0.0.0.0` for the network."
    )
    PORT: int = Field(8000, ge=0, le=65535, description="Port the server binds.")
    PUBLIC_URL: BaseAddress = Field(
        None, description="Base of every link sent out. Default: `http://HOST:PORT` + `ROOT_PATH`."
    )
    ROOT_PATH: RootPath = Field("", description="Prefix behind a proxy, such as `/tocsin`.")
    DATA_DIR: Path = Field(
        Path("data"), description="Directory of everything Tocsin keeps; relative paths start here."
    )
    DATABASE_PATH: Path = Field(Path("data.db"), description="SQLite database file.")
    DATABASE_URL: DatabaseAddress = Field(
        None, description="Database address; replaces the default of `DATABASE_PATH`."
    )
    SECRET_KEY: Secret = Field(
        None, description="Key that seals stored secrets. Default: a 0600 file in `DATA_DIR`."
    )
    SERVICES_FILE: Path | None = Field(
        None,
        description="Registry of services. Default: `config/services.local.yaml`, else `config/services.yaml`.",
    )
    TRUSTED_PROXIES: Proxies = Field(
        (),
        description="Comma-separated IP addresses and networks (CIDR) whose `X-Forwarded-*` headers "
        "are believed; `*`: everybody's.",
    )
    CORS_ORIGINS: Origins = Field(
        ("http://localhost:5173", "http://127.0.0.1:5173"),
        description="Comma-separated origins that may call the API from a browser.",
    )
    DASHBOARD_PUBLIC: bool = Field(True, description="Whether strangers may read the board.")
    ADMIN_API_TOKEN: Token = Field(
        None,
        description="Bearer token of the super admin; `/api/admin/*` refuses everybody when unset.",
    )

    # Watching
    POLL_INTERVAL_SECONDS: int = Field(
        60, ge=1, le=3600, description="How often vendor pages are polled."
    )
    POLLER_FAILURE_THRESHOLD: int = Field(
        3, ge=1, le=1000, description="Failed polls in a row before a poller counts as broken."
    )
    BREAKER_THRESHOLD: int = Field(
        3, ge=1, le=1000, description="Failures in a row before a host's circuit breaker opens."
    )
    BREAKER_TTL_SECONDS: int = Field(
        300, ge=1, le=86400, description="How long an open breaker stays open before one try."
    )

    # Deciding
    ALERT_CONFIRM_THRESHOLD_POLLS: int = Field(
        3, ge=1, le=1000, description="Polls in a row that confirm a worsening."
    )
    ALERT_RECOVERY_THRESHOLD_POLLS: int = Field(
        2, ge=1, le=1000, description="Good polls in a row that end an episode."
    )
    ALERT_MIN_STATE_DURATION_SECONDS: int = Field(
        600, ge=0, le=604800, description="Least age of a worsening before it is confirmed."
    )
    ALERT_DEDUP_WINDOW_SECONDS: int = Field(
        86400, ge=0, le=31536000, description="How long a repeat within one episode stays muted."
    )
    DEPENDENCY_CORRELATION_THRESHOLD: int = Field(
        3,
        ge=1,
        le=1000,
        description="Dependents in trouble with their upstream before one alert stands for all.",
    )
    UPTIME_WEIGHT_PARTIAL_OUTAGE: float = Field(
        1.0,
        ge=0,
        le=1,
        description="How much of a second of partial outage counts as lost, in uptime, SLA and SLO.",
    )
    UPTIME_WEIGHT_DEGRADED: float = Field(
        0.0,
        ge=0,
        le=1,
        description="The same of a degraded second; at most that of a partial outage.",
    )
    SLO_BURN_RATE_ENABLED: bool = Field(
        False, description="Whether burning error budgets raise alerts."
    )
    SLO_TARGET_PERCENT: float = Field(
        99.9, ge=90, le=99.99, description="Availability that every service promises itself."
    )
    SLO_BURN_RATE_CHECK_INTERVAL_SECONDS: int = Field(
        300, ge=1, le=3600, description="How often burn rates are looked at."
    )
    SLO_BURN_RATE_FAST_THRESHOLD: float = Field(
        14.4, gt=0, le=10000, description="Burn rate over 1 h and 5 min that pages."
    )
    SLO_BURN_RATE_SLOW_THRESHOLD: float = Field(
        6.0, gt=0, le=10000, description="Burn rate over 6 h and 30 min that warns."
    )
    SLO_BURN_RATE_TICKET_THRESHOLD: float = Field(
        1.0, gt=0, le=10000, description="Burn rate over 3 d and 6 h that deserves a ticket."
    )

    # Telling
    SMTP_URL: SecretStr | None = Field(
        None, description="Mail server: `smtp://user:password@host:587` or `smtps://…`."
    )
    MAIL_FROM: str = Field("Tocsin <tocsin@localhost>", description="Sender of every letter.")
    SLACK_WEBHOOK_URL: SecretAddress = Field(
        None, description="Slack incoming webhook for alerts and updates."
    )
    POLLER_HEALTH_SLACK_WEBHOOK_URL: SecretAddress = Field(
        None, description="Slack webhook for poller health. Default: `SLACK_WEBHOOK_URL`."
    )
    WEBHOOKS_ENABLED: bool = Field(
        False, description="Whether vendors may push their Statuspage webhooks."
    )
    STATUSPAGE_WEBHOOK_SECRET: Secret = Field(
        None, description="Secret that signs them; required by `WEBHOOKS_ENABLED`."
    )
    SLACK_ACK_ENABLED: bool = Field(
        False, description="Whether alerts in Slack carry a button that acknowledges."
    )
    SLACK_SLASH_ENABLED: bool = Field(False, description="Whether `/itstatus` is answered.")
    SLACK_SIGNING_SECRET: Secret = Field(
        None, description="Signing secret of the Slack app; required by both Slack switches."
    )

    # Learning
    POSTMORTEMS_ENABLED: bool = Field(
        False, description="Whether a recovery writes a post-mortem draft."
    )
    POSTMORTEMS_DIR: Path = Field(
        Path("docs/postmortems"), description="Directory of the drafts; created if absent."
    )

    # Running
    SEED_DEMO_DATA: bool = Field(
        False, description="For development: fill an empty database with synthetic data at start."
    )
    LOG_LEVEL: str = Field("INFO", description="Least level that is logged.")
    LOG_JSON: bool = Field(True, description="One JSON object per line, or text for people.")
    LOG_FILE: Path | None = Field(
        None, description="Log to this file instead of stderr; one that is moved away is made anew."
    )
    HEARTBEAT_INTERVAL_SECONDS: int = Field(
        30, ge=1, le=3600, description="How often the worker marks itself alive."
    )
    HEARTBEAT_STALE_AFTER_SECONDS: int = Field(
        120, ge=1, le=86400, description="Age of that mark past which `/healthz` answers 503."
    )
    HEALTHCHECK_PING_URL: SecretAddress = Field(
        None, description="Dead-man's switch that the heartbeat pings, such as Healthchecks.io."
    )
    SENTRY_DSN: SecretAddress = Field(None, description="Report errors of Tocsin to Sentry.")
    SENTRY_ENVIRONMENT: Environment = Field(
        "production", description="Environment named to Sentry."
    )
    SENTRY_TRACES_SAMPLE_RATE: float = Field(
        0.0, ge=0, le=1, description="Share of requests traced by Sentry."
    )

    # Keeping
    RETENTION_DAYS_STATUS_EVENTS: int = Field(
        90,
        ge=0,
        le=36500,
        description="Age at which status events, decisions, raw segments, ended burns and vendors' past "
        "maintenance are purged; 0: never.",
    )
    RETENTION_DAYS_ALERT_SENT_LOG: int = Field(
        90,
        ge=0,
        le=36500,
        description="Age at which deliveries of alerts are purged, 3 at least; 0: never.",
    )
    RETENTION_DAYS_CHECK_RESULTS: int = Field(
        30, ge=0, le=36500, description="Age at which raw results of checks are purged; 0: never."
    )
    RETENTION_DAYS_JOURNAL: int = Field(
        0,
        ge=0,
        le=36500,
        description="Age at which facts are purged that nothing open and no delivery needs, and with "
        "them alerts without an incident, statuses set by hand and own maintenance that are over; "
        "0: never.",
    )
    RETENTION_DAYS_DELIVERIES: int = Field(
        0,
        ge=0,
        le=36500,
        description="Age at which all other deliveries are purged, 3 at least; 0: never.",
    )
    RETENTION_INTERVAL_HOURS: int = Field(
        168, ge=1, le=8760, description="How often old rows are purged."
    )
    WAL_CHECKPOINT_INTERVAL_HOURS: int = Field(
        24, ge=1, le=8760, description="How often SQLite's log is written back and cut."
    )
    BACKUP_DIR: Path = Field(Path("backups"), description="Directory of the daily snapshot.")
    BACKUP_TIME_HOUR: int = Field(2, ge=0, le=23, description="Hour (UTC) of the daily snapshot.")
    BACKUP_RETENTION_DAYS: int = Field(
        7, ge=1, le=3650, description="How many daily snapshots are kept."
    )

    @field_validator("TRUSTED_PROXIES", "CORS_ORIGINS", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("LOG_LEVEL")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
        return value.upper()

    @model_validator(mode="after")
    def _one_database(self) -> Self:
        given = self.model_fields_set
        if not {"DATABASE_URL", "DATABASE_PATH"} <= given or self.DATABASE_URL is None:
            return self
        if self.database_url != self._file_address(self.DATABASE_PATH):
            raise ValueError("DATABASE_URL: it and DATABASE_PATH name different databases")
        return self

    @model_validator(mode="after")
    def _stale_after_beat(self) -> Self:
        if self.HEARTBEAT_STALE_AFTER_SECONDS <= self.HEARTBEAT_INTERVAL_SECONDS:
            raise ValueError(
                "HEARTBEAT_STALE_AFTER_SECONDS: must be more than HEARTBEAT_INTERVAL_SECONDS"
            )
        return self

    @model_validator(mode="after")
    def _degraded_weighs_less(self) -> Self:
        if self.UPTIME_WEIGHT_DEGRADED > self.UPTIME_WEIGHT_PARTIAL_OUTAGE:
            raise ValueError(
                "UPTIME_WEIGHT_DEGRADED: must not be more than UPTIME_WEIGHT_PARTIAL_OUTAGE"
            )
        return self

    @model_validator(mode="after")
    def _switches_have_their_secrets(self) -> Self:
        if self.WEBHOOKS_ENABLED and not self.STATUSPAGE_WEBHOOK_SECRET:
            raise ValueError("STATUSPAGE_WEBHOOK_SECRET: required when WEBHOOKS_ENABLED=true")
        for name in ("SLACK_ACK_ENABLED", "SLACK_SLASH_ENABLED"):
            if getattr(self, name) and not self.SLACK_SIGNING_SECRET:
                raise ValueError(f"SLACK_SIGNING_SECRET: required when {name}=true")
        return self

    @property
    def data_dir(self) -> Path:
        """`DATA_DIR` as an absolute path."""
        return self.DATA_DIR.expanduser().resolve()

    @property
    def database_url(self) -> str:
        """The one database address; SQLite's file in it is absolute."""
        if self.DATABASE_URL is None:
            return self._file_address(self.DATABASE_PATH)
        url = self.DATABASE_URL.get_secret_value()
        file = url.removeprefix(_SQLITE)
        return url if file == url else self._file_address(Path(file))

    @property
    def services_file(self) -> Path | None:
        """`SERVICES_FILE` as an absolute path, None where the usual places are tried."""
        return None if self.SERVICES_FILE is None else self._below_data(self.SERVICES_FILE)

    @property
    def log_file(self) -> Path | None:
        """`LOG_FILE` as an absolute path, None for stderr."""
        return None if self.LOG_FILE is None else self._below_data(self.LOG_FILE)

    @property
    def backup_dir(self) -> Path:
        """`BACKUP_DIR` as an absolute path."""
        return self._below_data(self.BACKUP_DIR)

    @property
    def postmortems_dir(self) -> Path:
        """`POSTMORTEMS_DIR` as an absolute path."""
        return self._below_data(self.POSTMORTEMS_DIR)

    @property
    def public_url(self) -> str:
        """The base of every link, without a slash at its end."""
        host = self._host_for_people
        authority = f"[{host}]" if ":" in host else host
        return self.PUBLIC_URL or f"http://{authority}:{self.PORT}{self.ROOT_PATH}"

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def _host_for_people(self) -> str:
        return "localhost" if self.HOST in ("0.0.0.0", "::") else self.HOST  # noqa: S104 - compared, not bound

    def _file_address(self, path: Path) -> str:
        return f"{_SQLITE}{self._below_data(path)}"

    def _below_data(self, path: Path) -> Path:
        return self.data_dir / path.expanduser()  # an absolute path stays what it is
