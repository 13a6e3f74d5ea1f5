"""What editors fill in, as classes: a Part is made of data that are what its fields ask for.

Data that fit are taken here, by a few rules that say yes only where pydantic would and make of the data just what it would; a
test compares the two. Whatever these rules are not sure of goes to pydantic (strict.py), which alone says what is wrong: to load it
and to build its models takes longer than to read an article.
"""

from __future__ import annotations

import json
import re
import sys
import types
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date as Day
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin

AnyPart = TypeVar("AnyPart", bound="Part")
Reader = Callable[[Any], Any]
REQUIRED = object()
"""The default of a field that has none."""
WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Unicode calls white space, which is what pydantic strips; Python strips some controls too."""
TRUTHS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SAME = (str, int, bool, Day)
"""What is handed on as it is."""


class Unsure(Exception):
    """The rules here can't tell whether data fit."""


class Before:
    """In an annotation: what puts a value right before it is looked at."""

    def __init__(self, change: Callable[[Any], Any]):
        self.change = change


class Within:
    """In an annotation: the bounds of a number, or of a text, whose `pattern` is for the whole of it."""

    def __init__(self, *, ge: int | None = None, le: int | None = None, min_length: int | None = None, pattern: str | None = None):
        self.ge, self.le, self.min_length, self.pattern = ge, le, min_length, pattern

    def holds(self, value: Any) -> bool:
        """Whether a value is within them."""
        return not (self.ge is not None and value < self.ge or self.le is not None and value > self.le
                    or self.min_length is not None and len(value) < self.min_length
                    or self.pattern is not None and not re.fullmatch(self.pattern, value))


class Field:
    """A field of a Part: its default and its type."""

    def __init__(self, part: type[Part], name: str, default: Any):
        self.default, self._part, self._name = default, part, name

    @property
    def annotation(self) -> Any:
        """Its type."""
        return eval(self._part.__annotations__[self._name], vars(sys.modules[self._part.__module__]))  # noqa: S307 (our own words)


class _Fields:
    def __get__(self, part: Any, kind: type[Part]) -> Mapping[str, Field]:
        return kind._fields


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Part:
    """What every part of a journal's or an article's data shares. It is frozen, and called as pydantic calls its models."""

    _fields: ClassVar[dict[str, Field]] = {}
    _strips: ClassVar[bool] = True
    """Whether white space round a text is taken away."""
    model_fields: ClassVar[Any] = _Fields()
    """Its fields by name, in order."""

    def __init_subclass__(cls) -> None:
        cls._fields = {name: Field(cls, name, cls.__dict__.get(name, REQUIRED))
                       for name in cls.__annotations__ if not name.startswith(("_", "model_"))}

    def __init__(self, **data: Any):
        """Raises pydantic's ValidationError for what does not fit."""
        try:
            made = read_part(type(self), data)
        except Unsure:
            from basylym.parts.strict import read_strictly

            made = read_strictly(type(self), data)
        self.__dict__.update(made.__dict__)

    def _judge(self) -> None:
        """Raises ValueError where values that fit each by itself don't fit together."""

    def __setattr__(self, name: str, value: object = None) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    __delattr__ = __setattr__

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(value == other.__dict__[name] for name, value in self)

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self)})"

    def __iter__(self) -> Iterable[tuple[str, Any]]:
        return ((name, self.__dict__[name]) for name in self._fields)

    @property
    def model_fields_set(self) -> set[str]:
        """The fields that were given."""
        return set(self.__dict__["_given"])

    def model_copy(self: AnyPart, *, update: Mapping[str, Any]) -> AnyPart:
        """The same with other values, which nobody looks at."""
        return build(type(self), {**dict(self), **update}, {*self.__dict__["_given"], *update})

    def model_dump(self, *, exclude: Collection[str] = (), exclude_unset: bool = False, exclude_none: bool = False) -> dict[str, Any]:
        """Its values as plain data."""
        def plain(value: Any) -> Any:
            if isinstance(value, Part):
                return value.model_dump(exclude_unset=exclude_unset, exclude_none=exclude_none)
            if isinstance(value, dict):
                return {key: plain(each) for key, each in value.items() if not (exclude_none and each is None)}
            return [plain(each) for each in value] if isinstance(value, list) else value

        return {name: plain(value) for name, value in self if name not in exclude
                and not (exclude_unset and name not in self.__dict__["_given"]) and not (exclude_none and value is None)}

    def model_dump_json(self) -> str:
        """The same as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, separators=(",", ":"), default=str)


def build(part: type[AnyPart], values: dict[str, Any], given: Iterable[str]) -> AnyPart:
    """A part with just these values."""
    made = part.__new__(part)
    made.__dict__.update(values, _given=frozenset(given))
    return made


def read_part(part: type[AnyPart], data: Mapping[str, Any]) -> AnyPart:
    """The part that data make, as pydantic would make it. Raises Unsure."""
    if not part._fields.keys() >= data.keys():
        raise Unsure
    values = {}
    for name, field in part._fields.items():
        if name in data:
            values[name] = _reader(part, name)(data[name])
        elif field.default is REQUIRED:
            raise Unsure
        else:
            values[name] = field.default.copy() if isinstance(field.default, (list, dict)) else field.default
    made = build(part, values, data)
    try:
        made._judge()
    except ValueError:
        raise Unsure from None
    return made


@cache
def _reader(part: type[Part], name: str) -> Reader:
    return _reader_of(part._fields[name].annotation, part._strips)


def _reader_of(kind: Any, strips: bool) -> Reader:
    """What takes a value of a type, or raises Unsure."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _marked(_reader_of(inside[0], strips), inside[1:])
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in inside if each is not type(None))
        read = _reader_of(inner, strips)
        return lambda value: None if value is None else read(value)
    if origin is Literal:
        return lambda value: value if type(value) is str and value in inside else _refuse()
    if origin is list:
        item = _reader_of(inside[0], strips)
        return lambda value: [item(each) for each in value] if type(value) is list else _refuse()
    if origin is dict:
        key, item = (_reader_of(each, strips) for each in inside)
        return lambda value: {key(name): item(each) for name, each in value.items()} if type(value) is dict else _refuse()
    if isinstance(kind, type) and issubclass(kind, Part):
        return lambda value: read_part(kind, value) if type(value) is dict else value if type(value) is kind else _refuse()
    return {str: _read_stripped if strips else _read_text, int: _read_number, bool: _read_truth, Day: _read_day}[kind]


def _marked(read: Reader, marks: Collection[Any]) -> Reader:
    """What does what the marks of an annotation say, besides reading."""
    (mark,) = marks
    if isinstance(mark, Before):
        return lambda value: read(mark.change(value))

    def read_within(value: Any) -> Any:
        found = read(value)
        return found if mark.holds(found) else _refuse()

    return read_within


def _refuse() -> Any:
    raise Unsure


def _read_text(value: Any) -> str:
    if type(value) is not str:
        raise Unsure
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # half a letter
            raise Unsure from None
    return value


def _read_stripped(value: Any) -> str:
    return _read_text(value).strip(WHITE)


def _read_number(value: Any) -> int:
    return value if type(value) is int else int(value) if type(value) is str and NUMBER.fullmatch(value) else _refuse()


def _read_truth(value: Any) -> bool:
    return value if type(value) is bool else TRUTHS[value] if type(value) is str and value in TRUTHS else _refuse()


def _read_day(value: Any) -> Day:
    if type(value) is Day:
        return value
    try:
        return Day.fromisoformat(value) if type(value) is str and DAY.fullmatch(value) else _refuse()
    except ValueError:
        raise Unsure from None
