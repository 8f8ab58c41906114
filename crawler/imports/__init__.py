"""Histories others recorded, read as if we had been there."""
