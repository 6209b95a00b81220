"""Use cases: what a door may ask for. Only this room knows all four neighbours."""
