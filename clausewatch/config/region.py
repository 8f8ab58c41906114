"""[regions.NAME]: places terms are seen from."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from clausewatch.config.table import Secret, Table


def _is_proxy(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if value.get_secret_value() and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("give the address of a proxy that begins with http:// or https://")
    return value


class Region(Table):
    """A place that terms are seen from, by the name `watch.region` gives."""

    accept_language: str = Field("", description="The Accept-Language header; none means by language and name.")
    cookies: dict[str, Secret] = Field({}, description="The Cookie header, by the only host it is sent to.")
    proxy: Annotated[Secret, AfterValidator(_is_proxy)] = Field(
        SecretStr(""), description="A proxy that stands there, http or https, with user:password@ where it asks."
    )
