"""A mail over SMTP, in plain text and HTML."""

from alerts.channels.email.channel import EmailChannel

__all__ = ["EmailChannel"]
