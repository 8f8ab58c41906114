"""The crawler: spiders, extraction, declarations. Pages in, observations out."""
