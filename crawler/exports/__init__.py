"""Exports: what is kept, in forms that others read."""
