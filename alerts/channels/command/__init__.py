"""A command that is given each alert as JSON on its standard input."""

from alerts.channels.command.channel import CommandChannel

__all__ = ["CommandChannel"]
