"""The one way in which YAML files are read: into a given form, with every fault by its line."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec
import yaml

from bot.errors import Fault, UnreadableError
from bot.files.text import line_of, read
from bot.files.yaml_document import Keys, compose

Words = Annotated[str, msgspec.Meta(pattern=r"^\S(.*\S)?$")]
# An address that a page may lead to, with nothing in it that could end it or be a script.
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+$")]
Form = TypeVar("Form")

# How msgspec's messages begin, and the same for somebody who writes such a file.
_WORDING = {
    "Expected `str` matching regex '^\\\\d{4}": "is not a date, which is written 2024-05-31",
    "Expected `str` matching regex '^https": "is no address, which is written https://…",
    "Expected `str` matching": "is empty, or has white space around it",
    "Expected `str": "is not one piece of text",
    "Expected `int": "is not a whole number, 0 or more",
    "Expected `bool`": "is neither true nor false",
    "Integer value": "is too large",
    "Expected `array`": "is not a list, which is written `[one, two]`",
    "Expected `object`": "is not a list of `key: value`",
}


def read_yaml(path: Path, form: type[Form]) -> Form:
    """Return the content of a YAML file, its text in Unicode's composed form (NFC).

    Args:
        path: the file.
        form: a msgspec struct, `dict[str, …]` or `tuple[…, ...]`.

    Raises:
        UnreadableError: it is missing, no plain YAML, or not of the form; names the lines.
    """
    text = unicodedata.normalize("NFC", read(path))
    try:
        document = compose(text)
    except yaml.YAMLError as error:
        line, what = _broken(text, error)
        raise UnreadableError(Fault(str(path), line, f"is no plain YAML: {what}")) from error
    faults = [(line, f"{key} stands twice") for line, key in document.doubled]
    try:
        converted = msgspec.convert(document.content, form, strict=False)
    except msgspec.ValidationError as error:
        found = list(_misfits((), document.content, form)) or [((), str(error))]
        names = ((keys, ".".join(keys) or "the file", what) for keys, what in found)
        faults += [(document.line(keys), f"{name} {what}") for keys, name, what in names]
    if faults:
        raise UnreadableError(*(Fault(str(path), line, what) for line, what in sorted(faults)))
    return converted


def _broken(text: str, error: yaml.YAMLError) -> tuple[int, str]:
    if isinstance(error, yaml.reader.ReaderError):
        what = f"a character that has no place here, U+{error.character:04X}"
        return line_of(text, error.position), what
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, str(error)
    mark = error.problem_mark or error.context_mark
    what = " ".join(filter(None, (error.context, error.problem)))
    return mark.line + 1 if mark else 1, what


def _misfits(keys: Keys, value: Any, wanted: Any) -> Iterator[tuple[Keys, str]]:
    """Yield what is not of the form wanted: the keys that lead there, and what is wrong.

    msgspec stops at the first fault; asked about one part after another, it tells them all.
    """
    if isinstance(value, dict) and isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        yield from list(_struct_misfits(keys, value, wanted)) or _misfit_here(keys, value, wanted)
    elif isinstance(value, dict) and get_origin(wanted) is dict:
        for key, item in value.items():
            yield from _misfits((*keys, key), item, get_args(wanted)[1])
    elif isinstance(value, list) and get_origin(wanted) is tuple:
        for position, item in enumerate(value):
            yield from _misfits((*keys, str(position)), item, get_args(wanted)[0])
    else:
        yield from _misfit_here(keys, value, wanted)


def _struct_misfits(
    keys: Keys, entries: dict[str, Any], wanted: type[msgspec.Struct]
) -> Iterator[tuple[Keys, str]]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(wanted)}
    for key in entries.keys() - fields.keys():
        yield (*keys, key), f"is no key that is read here; those are {', '.join(fields)}"
    for name, field in fields.items():
        if name in entries:
            yield from _misfits((*keys, name), entries[name], field.type)
        elif field.required:
            yield (*keys, name), "is missing"


def _misfit_here(keys: Keys, value: Any, wanted: Any) -> Iterator[tuple[Keys, str]]:
    try:
        msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as error:
        known = (words for begin, words in _WORDING.items() if str(error).startswith(begin))
        yield keys, next(known, str(error))
