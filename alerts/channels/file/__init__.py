"""Alerts as JSON lines in a file, for programs."""

from alerts.channels.file.channel import FileChannel

__all__ = ["FileChannel"]
