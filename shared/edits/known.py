"""The actions that there are: `shared/actions/<name>.py` holds the model of the action `<name>`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any, Union
from uuid import UUID

from pydantic import Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema

from shared import actions
from shared.edits.action import Action
from shared.edits.shape import Shape
from shared.errors import Unprocessable

MAX_ACTIONS = 100
"""Of one edit."""


@cache
def kinds() -> dict[str, type[Action]]:
    """Return the model of each action by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(actions.__path__))
    return {name: _model(name) for name in names}


def _model(name: str) -> type[Action]:
    module = importlib.import_module(f"{actions.__name__}.{name}")
    classes = (each for each in vars(module).values() if isinstance(each, type))
    (model,) = (
        each for each in classes if issubclass(each, Action) and each.__module__ == module.__name__
    )
    return model


class _OfAnyKind:
    """Lets pydantic tell the actions apart by their names."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        union: Any = Union[tuple(kinds().values())]  # noqa: UP007 - of as many as there are files
        return handler.generate_schema(Annotated[union, Field(discriminator="action")])


AnyAction = Annotated[Action, _OfAnyKind()]
Recipe = Annotated[list[AnyAction], Field(min_length=1, max_length=MAX_ACTIONS)]
"""Actions, one after the other."""


@cache
def _recipe() -> TypeAdapter[list[Action]]:
    return TypeAdapter(Recipe)


def recipe_of(data: Sequence[Any]) -> list[Action]:
    """Return the actions that JSON data describes; raises pydantic's ValidationError."""
    return _recipe().validate_python(data)


def as_data(recipe: Iterable[Action]) -> list[dict[str, Any]]:
    """Return the actions as JSON data, in the way in which they are asked for."""
    return [each.model_dump(mode="json", by_alias=True, exclude_none=True) for each in recipe]


def plan(recipe: Sequence[Action], shape: Shape, others: Mapping[UUID, Shape]) -> Shape:
    """Return what the table will look like; raises Unprocessable for what is known to fail.

    `others` are the records that are joined. What only the work can tell is not checked.
    """
    for number, each in enumerate(recipe, start=1):
        with placed(each, number, len(recipe)):
            other = None if each.joins is None else others.get(each.joins)
            shape = each.plan(shape) if other is None else each.plan_joined(shape, other)
    return shape


@contextmanager
def placed(action: Action, number: int, of: int) -> Iterator[None]:
    """Let a refusal in the block say which of several actions it is about."""
    try:
        yield
    except Unprocessable as refused:
        if of == 1:
            raise
        sentence = f"Action {number} ({action.action}): {refused.detail}"
        raise Unprocessable(sentence, **refused.details) from refused
