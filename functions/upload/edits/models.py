"""What is asked for when a record is edited."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union
from uuid import UUID

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    PositiveInt,
    RootModel,
    Tag,
    create_model,
)
from pydantic_core import CoreSchema

from shared.edits.action import Action
from shared.edits.known import Recipe, kinds
from shared.model import Model

Expected = Annotated[
    PositiveInt | None,
    Field(description="The version that is meant; refused with 409 when the record has moved on."),
]

_RECIPE = "recipe"


class OfVersion(Model):
    """A change of the version that is meant; without one, of the current version."""

    expected_version: Expected = None


class RecipeRequest(OfVersion):
    """Several actions, one after the other: all or nothing."""

    model_config = ConfigDict(defer_build=True)

    recipe: Recipe


class _Requests:
    """Every action with an expected version beside its own fields, or a recipe."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        single = (Annotated[_single(kind), Tag(name)] for name, kind in kinds().items())
        union: Any = Union[(Annotated[RecipeRequest, Tag(_RECIPE)], *single)]
        which = Discriminator(
            _which,
            custom_error_type="no_such_action",
            custom_error_message=f"send a 'recipe', or an 'action': {', '.join(kinds())}",
        )
        return handler.generate_schema(Annotated[union, which])


class EditRequest(RootModel[Any]):
    """An action, or a recipe, and the version that it is meant for."""

    model_config = ConfigDict(defer_build=True)

    root: Annotated[Any, _Requests()]

    @property
    def expected_version(self) -> int | None:
        """The version that is meant."""
        version: int | None = self.root.expected_version
        return version

    @property
    def actions(self) -> list[Action]:
        """The actions, one after the other."""
        if isinstance(self.root, RecipeRequest):
            return self.root.recipe
        kind = kinds()[self.root.action]
        return [kind.model_validate(self.root.model_dump(exclude={"expected_version"}))]


class EditAccepted(Model):
    """The edit is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    base_version: int
    """The version that is edited."""
    status: Literal["processing"] = "processing"
    status_url: str


def edit_accepted(record_id: UUID, job_id: int, base_version: int) -> EditAccepted:
    """Return the answer for an edit."""
    url = f"/api/v1/sheets/tasks/{record_id}/status?jobId={job_id}"
    return EditAccepted(
        record_id=record_id, job_id=job_id, base_version=base_version, status_url=url
    )


def _single(kind: type[Action]) -> type[Action]:
    title = f"{kind.__name__}Request"
    fields: Any = {"expected_version": (Expected, None)}
    made: type[Action] = create_model(title, __base__=kind, __doc__=kind.__doc__, **fields)
    return made


def _which(body: Any) -> str | None:  # noqa: ANN401 - whatever was sent
    if isinstance(body, dict):
        return _RECIPE if _RECIPE in body else body.get("action")
    return _RECIPE if isinstance(body, RecipeRequest) else getattr(body, "action", None)
