"""`clausewatch feed`: the changes as an Atom feed, for a file a web server gives out."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer

from alerts.feed import MAX_ENTRIES, Feed, atom
from clausewatch import wiring
from clausewatch.cli import state
from clausewatch.cli.documents import service_of
from clausewatch.cli.main import app
from clausewatch.cli.topic_names import check_topic
from clausewatch.errors import UsageError

Language = Literal["en", "fr"]


@app.command()
def feed(
    file: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file; else print it.")] = None,
    service: Annotated[str | None, typer.Option(help="Of this service.")] = None,
    topic: Annotated[str | None, typer.Option(help="Flagged for this topic: ai_training.")] = None,
    language: Annotated[Language, typer.Option(help="In this language.")] = "en",
    url: Annotated[str, typer.Option(help="Where the feed will be found.")] = "",
) -> None:
    """Write the latest changes that are news as an Atom feed, facts and redline inside."""
    config = state.config()
    base = config.web.public_url
    check_topic(topic)
    with wiring.archive(config, must_exist=True) as archive:
        service = service_of(archive, service)
        told = Feed(
            title=" · ".join(filter(None, ("Clausewatch", service, topic))),
            url=url or (f"{base}/feed.atom" if base else "urn:clausewatch:feed"),
            page=base,
            language=language,
            links=wiring.links(config),
        )
        written = atom(told, archive.changes(service=service, topic=topic, news=True, limit=MAX_ENTRIES))
    if file is None:
        sys.stdout.buffer.write(written)
    else:
        _replace(file, written)


def _replace(path: Path, written: bytes) -> None:
    """Put a file in place at once, so that nobody reads half of it. Raises UsageError when it cannot be."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as made:
            made.write(written)
        os.chmod(made.name, 0o644)  # readable by the web server
        os.replace(made.name, path)
    except OSError as error:
        raise UsageError(str(path), f"cannot be written ({error.strerror})", "name another file") from error
