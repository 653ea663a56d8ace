"""OpenDocument's .ods, streamed from its XML."""
