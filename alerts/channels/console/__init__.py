"""A note as plain text on a stream, for people who watch a terminal or a log."""

from alerts.channels.console.channel import ConsoleChannel

__all__ = ["ConsoleChannel"]
