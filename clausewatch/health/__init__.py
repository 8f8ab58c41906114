"""Whether all is well: what the daemon, the pages and the command line tell of it."""
