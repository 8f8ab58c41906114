"""Mattermost: an attachment in Markdown, posted to an incoming webhook."""

from alerts.channels.mattermost.form import mattermost_message

__all__ = ["mattermost_message"]
