"""[channels.NAME]: where alerts go, a table for each type of channel."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from clausewatch.config.table import Beside, Reference, Secret, Table


class Webhook(Table):
    """A channel that posts signed JSON."""

    type: Literal["webhook"] = Field(description='"webhook".')
    url: Reference = Field(description="Where to post. http or https.")
    secret: Secret = Field(description="Signs each post: whsec_ and base64.")
    old_secrets: tuple[Secret, ...] = Field((), description="Sign with these too, while receivers change over.")
    allow_private: bool = Field(False, description="The address may be a private one of your own network.")


class Email(Table):
    """A channel that sends mail."""

    type: Literal["email"] = Field(description='"email".')
    host: str = Field(description="The mail server.")
    port: int = Field(587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")
    sender: str = Field(description="The From address.")
    to: tuple[str, ...] = Field(min_length=1, description="Who gets the mails.")
    user: Reference = Field("", description="Name to log in with; none means no log-in.")
    password: Secret = Field(SecretStr(""), description="Password to log in with.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is encrypted.")


class Console(Table):
    """A channel that prints."""

    type: Literal["console"] = Field(description='"console".')


class File(Table):
    """A channel that appends JSON lines."""

    type: Literal["file"] = Field(description='"file".')
    path: Beside = Field(description="The file to append to, a JSON object a line.")


Channel = Annotated[Webhook | Email | Console | File, Field(discriminator="type")]
