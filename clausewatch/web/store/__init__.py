"""What the pages ask the archive, as plain queries."""
