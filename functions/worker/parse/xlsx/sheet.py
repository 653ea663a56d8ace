"""A slice of a sheet as columns."""

from __future__ import annotations
