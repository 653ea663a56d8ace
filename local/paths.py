"""Where the code lies."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder that holds `functions`, `local` and `shared`; it is where `python -m` finds them."""
