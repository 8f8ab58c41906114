"""The spiders: `policies` for terms, `blogs` for posts."""
