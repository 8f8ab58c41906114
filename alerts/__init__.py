"""Summaries, routing, outbox and channels: changes in, messages out."""
