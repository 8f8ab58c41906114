"""Channels: a folder for each way to tell somebody."""
