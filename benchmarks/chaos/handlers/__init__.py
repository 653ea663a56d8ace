"""Copied beside the worker's own."""
