"""Everything Apprise speaks to: ntfy, Matrix, Telegram and a hundred others."""

from alerts.channels.apprise.channel import AppriseChannel

__all__ = ["AppriseChannel"]
