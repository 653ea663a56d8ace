"""The worker finds its handlers here, as it would beside its own."""
