"""Quality tagging: rules first, then judges."""
