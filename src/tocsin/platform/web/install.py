"""Makes a FastAPI application one of ours: problems, limits, headers, schema, callers."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from tocsin.platform.database import Database

from .body_limit import BodyLimit
from .credentials import Authority, Web, WebSettings
from .envelope import Envelope, RequestObserver
from .openapi import install_openapi
from .problems import install_problems
from .route_index import install_route_index


def install(
    app: FastAPI,
    database: Database,
    authority: Authority,
    settings: WebSettings,
    observe: RequestObserver | None = None,
) -> None:
    """Install everything requests need; call it once, before the application serves."""
    app.state.web = Web(database, authority, settings)
    install_problems(app)
    install_openapi(app)
    install_route_index(app)
    app.add_middleware(BodyLimit, limit=settings.body_limit, read_in_part=settings.read_in_part)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_credentials="*" not in settings.cors_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-Match",
                "If-None-Match",
                "X-CSRF-Token",
            ],
            expose_headers=["ETag", "Retry-After", "X-Request-ID"],
        )
    watching = {} if observe is None else {"observe": observe}
    app.add_middleware(Envelope, https=settings.is_https, **watching)
