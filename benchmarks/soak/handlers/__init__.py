"""Copied beside the worker's own, so that its children find them too."""
