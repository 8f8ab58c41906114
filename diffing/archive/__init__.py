"""The archive: the one part of `diffing` that touches a file.

A version is a list of passages; each distinct passage is stored once, each distinct text once. docs/archive.md tells
how the file is laid out.
"""

from diffing.archive.archive import Archive, give_way

__all__ = ["Archive", "give_way"]
