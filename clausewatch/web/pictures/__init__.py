"""Pictures: SVG made here, with their numbers beside them."""
