"""The base of everything in the clean-data format that is stored or sent as JSON."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class CamelModel(BaseModel):
    """camelCase in JSON, snake_case in Python; unknown fields are ignored, so it may grow."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True, frozen=True
    )
