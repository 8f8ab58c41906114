"""Teams: an Adaptive Card, posted to the webhook of a workflow."""

from alerts.channels.teams.form import teams_message

__all__ = ["teams_message"]
