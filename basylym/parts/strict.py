"""A Part as a model of pydantic's: what says what is wrong with data, and what the JSON Schemas are written of."""

from __future__ import annotations

import types
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

from basylym.parts import REQUIRED, Before, Part, Within, build

AnyPart = TypeVar("AnyPart", bound=Part)
_parts: dict[type[BaseModel], type[Part]] = {}


@cache
def strict_model(part: type[Part]) -> type[BaseModel]:
    """The model of a part."""
    fields = {name: (_strict(field.annotation), ... if field.default is REQUIRED else to_strict(field.default))
              for name, field in part._fields.items()}
    judge = part._judge

    def judged(self: Any) -> Any:
        judge(self)
        return self

    validators = {} if judge is Part._judge else {"judged": model_validator(mode="after")(judged)}
    model = create_model(
        part.__name__, __doc__=part.__doc__, __module__=part.__module__, __validators__=validators, __config__=ConfigDict(
            frozen=True, extra="forbid", str_strip_whitespace=part._strips, populate_by_name=True), **fields)
    _parts[model] = part
    return model


def read_strictly(part: type[AnyPart], data: dict[str, Any]) -> AnyPart:
    """The part that data make. Raises pydantic's ValidationError."""
    return from_strict(strict_model(part).model_validate(to_strict(data)))


def to_strict(value: Any) -> Any:
    """The same with pydantic's models in place of parts."""
    if isinstance(value, Part):
        return strict_model(type(value)).model_construct(value.model_fields_set, **{name: to_strict(each) for name, each in value})
    if isinstance(value, dict):
        return {key: to_strict(each) for key, each in value.items()}
    return [to_strict(each) for each in value] if isinstance(value, list) else value


def from_strict(value: Any) -> Any:
    """The same with parts in place of pydantic's models."""
    if isinstance(value, BaseModel):
        return build(_parts[type(value)], {name: from_strict(each) for name, each in value}, value.model_fields_set)
    if isinstance(value, dict):
        return {key: from_strict(each) for key, each in value.items()}
    return [from_strict(each) for each in value] if isinstance(value, list) else value


def _strict(kind: Any) -> Any:
    """A type with pydantic's models and marks in place of ours."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return Annotated[(_strict(inside[0]), *map(_mark, inside[1:]))]
    if origin in (Union, types.UnionType):
        return reduce(or_, map(_strict, inside))
    if origin in (list, dict):
        return origin[tuple(_strict(each) for each in inside)]
    return strict_model(kind) if isinstance(kind, type) and issubclass(kind, Part) else kind


def _mark(mark: Before | Within) -> Any:
    if isinstance(mark, Before):
        return BeforeValidator(mark.change)
    return Field(**{name: value for name, value in vars(mark).items() if value is not None})
