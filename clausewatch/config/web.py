"""[web]: the pages and the API of `clausewatch serve`."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from clausewatch.config.table import Secret, Table

SHORTEST_TOKEN = 16
"""Characters; a shorter one could be guessed over the network."""


def _address(url: str) -> str:
    """A public address without its last slash; "" stays."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError('write it as "https://clausewatch.example.org"')
    return url.rstrip("/")


def _long_enough(token: SecretStr) -> SecretStr:
    if 0 < len(token.get_secret_value()) < SHORTEST_TOKEN:
        raise ValueError(f"needs {SHORTEST_TOKEN} characters or more")
    return token


class Web(Table):
    """The pages and the API of `clausewatch serve`."""

    host: str = Field("127.0.0.1", description="Address to listen on. The default is reached from this machine only.")
    port: int = Field(8340, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: Annotated[str, AfterValidator(_address)] = Field(
        "", description="Where readers reach the pages, e.g. behind a proxy; alerts then link to them."
    )
    hosts: tuple[str, ...] = Field((), description="More host names the pages are asked for by, beside the above.")
    title: str = Field("Clausewatch", description="Name of the site, shown on every page.")
    token: Annotated[Secret, AfterValidator(_long_enough)] = Field(
        SecretStr(""), description="Lets whoever has it write: verdicts, notes, retries. None: the pages only read."
    )
    workers: int = Field(1, ge=1, le=16, description="Processes that answer requests; more start slower.")
