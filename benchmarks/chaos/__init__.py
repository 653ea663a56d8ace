"""Everything fails again and again under load, and at the end nothing is lost, doubled or left."""
