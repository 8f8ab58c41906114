"""Pure: passages, alignment, word edits, kind, topics, flags and facts; `diffing.archive` keeps the versions.

Nothing outside `diffing.archive` touches a file, the network, the clock or the environment: values come in, values
go out, and the same input gives the same output everywhere.
"""
