"""What the format expects at each place of a file, read from the models that define it."""

from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from questionnaires.model import HOLE

Place = tuple[int | str, ...]


def keys_of(model: Any) -> dict[int | str, FieldInfo]:
    """Return the keys of a table as a writer spells them; none when ``model`` is not one."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return {}
    return {field.alias or name: field for name, field in model.model_fields.items()}


def expected(model: type[BaseModel], place: Place) -> Any:
    """Return the type that an entry must have, or None at a place that the format does not know."""
    inside: Any = model
    for step in place:
        if get_origin(inside) in (tuple, dict):
            inside = get_args(inside)[-1 if get_origin(inside) is dict else 0]
        else:
            inside = keys_of(inside)[step].annotation if step in keys_of(inside) else None
        inside = bare(inside)
    return inside


def bare(annotation: Any) -> Any:
    """Take ``Annotated`` and ``| None`` off a type."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    types = get_args(annotation)
    return bare(types[0]) if types[1:] == (type(None),) else annotation


def hole(annotation: Any) -> Any:
    """Return the least value of a type, valid once ``HOLE`` is excused, that says nothing."""
    annotation = bare(annotation)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return [hole(inner[0]), hole(inner[0])]  # no list of the format needs more than two
    if origin is dict:
        return {HOLE: hole(inner[1])}
    if origin is Literal:
        return inner[0]
    if fields := keys_of(annotation):
        return {name: hole(field.annotation) for name, field in fields.items() if field.is_required()}
    return {float: 1.0, int: 1, bool: False}.get(annotation, HOLE)
