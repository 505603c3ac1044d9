"""What Tocsin is measured against: a small real FastAPI + SQLAlchemy + uvicorn application."""

import os
from collections.abc import Iterator
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, String, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

engine = create_engine(os.environ["DATABASE_URL"])
app = FastAPI(title="Bare")


class Base(DeclarativeBase):
    """The tables."""


class Service(Base):
    """Something that is looked after."""

    __tablename__ = "services"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    incidents: Mapped[list["Incident"]] = relationship(back_populates="service")


class Incident(Base):
    """Something that went wrong with it."""

    __tablename__ = "incidents"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    service: Mapped[Service] = relationship(back_populates="incidents")


class NewIncident(BaseModel):
    """What is posted."""

    title: str
    service_id: int


class IncidentOut(NewIncident):
    """What is answered."""

    model_config = ConfigDict(from_attributes=True)
    id: int


def session() -> Iterator[Session]:
    """One session per request."""
    with Session(engine) as opened:
        yield opened


Db = Annotated[Session, Depends(session)]


@app.get("/api/health")
def health(db: Db) -> dict[str, str]:
    """Whether the database can be read."""
    db.execute(text("SELECT 1"))
    return {"status": "ok"}


@app.get("/incidents")
def list_incidents(db: Db) -> list[IncidentOut]:
    """The newest fifty."""
    found = db.scalars(select(Incident).order_by(Incident.id.desc()).limit(50))
    return [IncidentOut.model_validate(one) for one in found]


@app.post("/incidents", status_code=201)
def open_incident(db: Db, body: NewIncident) -> IncidentOut:
    """Open one."""
    if db.get(Service, body.service_id) is None:
        raise HTTPException(404, "no such service")
    made = Incident(title=body.title, service_id=body.service_id)
    db.add(made)
    db.commit()
    return IncidentOut.model_validate(made)


def main() -> None:
    """Make the tables with 30 services, then serve."""
    Base.metadata.create_all(engine)
    with Session(engine) as db:
        if db.scalar(select(Service).limit(1)) is None:
            db.add_all(Service(name=f"Service {number}") for number in range(30))
            db.commit()
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
