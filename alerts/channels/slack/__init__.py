"""Slack: Block Kit, posted to an incoming webhook."""

from alerts.channels.slack.form import slack_message

__all__ = ["slack_message"]
