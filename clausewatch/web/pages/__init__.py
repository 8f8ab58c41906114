"""Pages: a function each, from a visit to a page."""
