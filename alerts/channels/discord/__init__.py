"""Discord: embeds, posted to a webhook."""

from alerts.channels.discord.form import discord_message

__all__ = ["discord_message"]
