"""Arrow and its functions, without the stubs: those know neither our arrays nor numpy's."""

from importlib import import_module
from typing import Any

pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")

Array = Any
"""An array of Arrow, or one of numpy where the docstring says so."""
