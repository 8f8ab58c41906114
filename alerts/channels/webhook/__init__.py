"""Signed JSON over HTTP, after Standard Webhooks 1.0.0."""

from alerts.channels.webhook.channel import WebhookChannel

__all__ = ["WebhookChannel"]
