"""Front matter: the YAML block at the top of a page, with the line of every value.

YAML is read with every value in its plainest form: dates stay text and keys are never turned
into booleans (``on`` is a key of ours). The rules are in ``schemas/front-matter.schema.json``,
which also drives completion in editors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import fastjsonschema
import yaml
from yaml.resolver import Resolver

from paperloom.model.layout import FOLDER_OF_KIND
from paperloom.model.problems import Problem, Subtype
from paperloom.sources.days import parse_day
from paperloom.sources.suggestions import did_you_mean

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_DEEPEST = 20
_resolve: Callable[[type[yaml.Node], str, tuple[bool, bool]], str] = Resolver().resolve
_TAG = "tag:yaml.org,2002:"

#: The key under which a page of any kind states the names that it had before.
FORMER = "former"
#: Keys that MyST and Sphinx read from front matter themselves.
_KEYS_OF_OTHERS = ("myst", "html_meta", "orphan", "tocdepth", "nosearch", "no-search", "substitutions", "hide-toc")

KeyPath = tuple[str | int, ...]


@dataclass(slots=True)
class FrontMatter:
    """The fields of a page's front matter and where they stand.

    ``kind`` is ``paper``, ``week``, ``topic``, ``archive`` or None; ``fields`` is the mapping below
    that key, ``lines`` maps paths such as ``("paper", "topics", 0)`` to line numbers from 1, and
    ``body_line`` is the line on which the text after the block starts. ``keys_of_others`` are the
    keys beside it that MyST or Sphinx read, such as ``orphan``. ``former`` are the document names that
    the page had before.
    """

    kind: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    keys_of_others: frozenset[str] = frozenset()
    former: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def line(self, *path: str | int) -> int:
        """Return the line of the value at ``path`` below the kind, or of the nearest value around it."""
        full: KeyPath = (self.kind, *path) if self.kind else path
        while full and full not in self.lines:
            full = full[:-1]
        return self.lines.get(full, 1)

    def line_of_former(self, index: int) -> int:
        """Return the line of the former name number ``index``, counted from 0."""
        return self.lines.get((FORMER, index), 1)

    def strings(self, name: str) -> tuple[str, ...]:
        """Return the list of strings ``name``, empty where it is missing or malformed."""
        value = self.fields.get(name)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def string(self, name: str) -> str | None:
        """Return the string ``name`` without blanks around it, None where it is missing or malformed."""
        value = self.fields.get(name)
        return value.strip() or None if isinstance(value, str) else None


def parse_front_matter(text: str, path: str) -> FrontMatter:
    """Read the front matter of ``text``; problems are reported for the file ``path``."""
    result = FrontMatter(body=text)
    block = _split(text)
    if block is None:
        if text.startswith("---"):
            result.problems.append(
                Problem(path, 1, "the front matter is not closed", "end it with a line '---'", Subtype.FRONT_MATTER)
            )
        return result
    source, result.body = block
    result.body_line = source.count("\n") + 3
    reader = _Reader(path)
    try:
        data = reader.read(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "unreadable"
        result.problems.append(
            Problem(
                path,
                (mark.line if mark else 0) + 2,
                f"the front matter is not YAML: {reason}",
                "quote text that holds a colon, a hash or a bracket",
                Subtype.FRONT_MATTER,
            )
        )
        return result
    result.lines = reader.lines
    result.problems.extend(reader.problems)
    if not isinstance(data, dict):
        result.problems.append(
            Problem(path, 2, "the front matter is not a mapping", "write 'key: value' lines", Subtype.FRONT_MATTER)
        )
        return result
    _select_kind(data, result, path)
    if not _is_valid(data):
        result.problems.extend(dict.fromkeys(_validate(data, result, path)))
    return result


def _split(text: str) -> tuple[str, str] | None:
    opening = _FENCE.match(text)
    if not opening:
        return None
    closing = _FENCE.search(text, opening.end() + 1)
    if not closing:
        return None
    return text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :]


class _Reader:
    """Builds plain values from YAML and notes the line of each, in one pass over the parser's events.

    Lists in lists without end, and values that stand for others, are refused: a few lines of
    them could fill the memory.
    """

    def __init__(self, shown_as: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._shown_as = shown_as
        self._anchors: set[str] = set()

    def read(self, source: str) -> Any:
        """Return the value of ``source``, an empty mapping where it holds none.

        :raises yaml.YAMLError: where it is not YAML, or more than one document.
        """
        self._events = iter(yaml.parse(source, Loader=_Loader))
        data: Any = {}
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _refusal("but found another document", event)
                value = next(self._events)
                self.lines[()] = _line_of(value)
                data = self._value(value, (), 0)
        return data

    def _value(self, event: yaml.Event, path: KeyPath, depth: int) -> Any:
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            raise _refusal(f"'*{anchor}' stands for another value", event)
        if anchor is not None:
            if anchor in self._anchors:
                raise _refusal(f"'&{anchor}' stands twice", event)
            self._anchors.add(anchor)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if depth == _DEEPEST:
            raise _refusal("nested too deeply", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth + 1)
        return self._sequence(path, depth + 1)

    def _sequence(self, path: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self.lines[place] = _line_of(event)
            items.append(self._value(event, place, depth))
        return items

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line_of(event)
            name = self._value(event, (*path, "?"), depth)
            key = str(event.value) if isinstance(event, yaml.ScalarEvent) else str(name)
            if key in mapping:
                message = f"the field '{key}' stands twice"
                self.problems.append(Problem(self._shown_as, line, message, "keep one", Subtype.FRONT_MATTER))
            mapping[key] = self._value(next(self._events), (*path, key), depth)
            self.lines[(*path, key)] = line
        return mapping


def _line_of(event: yaml.Event) -> int:
    mark: Any = event.start_mark  # of the C parser or of Python's
    return int(mark.line) + 2


def _refusal(reason: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark
    return yaml.MarkedYAMLError(problem=reason, problem_mark=mark)


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    value = str(event.value)
    tag = event.tag
    if tag is None or tag == "!":
        tag = _resolve(yaml.ScalarNode, value, event.implicit)
    match tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return value.lower() in ("true", "yes", "on")
        case "int" if re.fullmatch(r"[-+]?\d{1,18}", value):
            return int(value)
        case "float" if re.fullmatch(r"[-+]?\d+\.\d+", value):
            return float(value)
    return value


def _select_kind(data: Mapping[str, Any], result: FrontMatter, path: str) -> None:
    kinds = [kind for kind in FOLDER_OF_KIND if kind in data]
    if len(kinds) > 1:
        result.problems.append(
            Problem(
                path,
                result.lines[(kinds[1],)],
                f"the front matter has both '{kinds[0]}' and '{kinds[1]}'",
                "a page is of one kind; keep one of them",
                Subtype.FRONT_MATTER,
            )
        )
    if kinds:
        result.kind = kinds[0]
        fields = data[kinds[0]]
        result.fields = dict(fields) if isinstance(fields, dict) else {}
    result.keys_of_others = frozenset(key for key in data if key in _KEYS_OF_OTHERS)
    former = data.get(FORMER)
    if isinstance(former, list):
        result.former = tuple(name for name in former if isinstance(name, str))
    known = (*FOLDER_OF_KIND, FORMER, *_KEYS_OF_OTHERS)
    for key in data:
        if key not in known:
            remedy = did_you_mean(key, known, "remove it")
            result.problems.append(
                Problem(path, result.lines[(key,)], f"unknown field '{key}'", remedy, Subtype.UNKNOWN_FIELD)
            )


@cache
def front_matter_schema() -> dict[str, Any]:
    """Return the JSON Schema of front matter."""
    text = files("paperloom.sources").joinpath("schemas/front-matter.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _compiled_schema() -> Callable[[Mapping[str, Any]], Any]:
    """Return a check of the schema that is fast and raises at the first mistake, without a place."""
    check: Callable[[Mapping[str, Any]], Any] = fastjsonschema.compile(
        front_matter_schema(), formats={"date": lambda day: parse_day(day) is not None}, use_default=False
    )
    return check


def _is_valid(data: Mapping[str, Any]) -> bool:
    try:
        _compiled_schema()(data)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


@cache
def _validator() -> Draft202012Validator:
    """Return the validator that names every mistake and its place; front matter seldom needs it."""
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415  # slow to import, seldom needed

    return Draft202012Validator(front_matter_schema(), format_checker=FormatChecker(["date"]))


def _validate(data: Mapping[str, Any], result: FrontMatter, path: str) -> Iterator[Problem]:
    for error in _validator().iter_errors(data):
        keys: KeyPath = tuple(error.absolute_path)
        line = next((result.lines[keys[:n]] for n in range(len(keys), -1, -1) if keys[:n] in result.lines), 1)
        if error.validator == "additionalProperties":
            allowed = list(error.schema.get("properties", {}))
            for name in error.instance:
                if name not in allowed:
                    where = result.lines.get((*keys, name), line)
                    otherwise = "one of " + ", ".join(sorted(allowed))
                    remedy = did_you_mean(name, allowed, otherwise)
                    yield Problem(path, where, f"unknown field '{name}'", remedy, Subtype.UNKNOWN_FIELD)
            continue
        place = ".".join(map(str, keys)) or "front matter"
        if error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    message = f"'{place}' lacks the field '{name}'"
                    yield Problem(path, line, message, f"add '{name}:'", Subtype.FRONT_MATTER)
        else:
            message, remedy, subtype = _explain(error, place)
            yield Problem(path, line, message, remedy, subtype)


def _explain(error: ValidationError, name: str) -> tuple[str, str, Subtype]:
    value = error.instance
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
    match error.validator:
        case "type":
            wanted = error.validator_value
            wanted = " or ".join(wanted) if isinstance(wanted, list) else wanted
            kinds = {"array": "a list [a, b]", "object": "a mapping", "string": "text", "boolean": "true or false"}
            return f"'{name}' is {shown}", f"write {kinds.get(wanted, wanted)}", Subtype.FRONT_MATTER
        case "enum":
            return f"'{name}' is {shown}", "write one of " + ", ".join(error.validator_value), Subtype.FRONT_MATTER
        case "format":
            return f"'{name}' is {shown}, not a day", "write it as 2020-09-13", Subtype.FRONT_MATTER
        case "uniqueItems":
            return f"'{name}' names something twice", "keep one of them", Subtype.FRONT_MATTER
        case "minItems" | "minLength":
            return f"'{name}' is empty", "fill it in or remove it", Subtype.FRONT_MATTER
        case "pattern" if "https" in error.validator_value:
            return f"'{name}' is {shown}, not a web address", "write an http or https address", Subtype.URL
        case "pattern" if error.validator_value == r"\S":
            return f"'{name}' is blank", "fill it in or remove it", Subtype.FRONT_MATTER
        case "pattern" if name.startswith(f"{FORMER}."):
            remedy = "write folder and name without a suffix, such as papers/xue2020mt5"
            return f"'{name}' is {shown}, not the name of a page", remedy, Subtype.FRONT_MATTER
        case "pattern" if "v[0-9]" in error.validator_value:
            return f"'{name}' is {shown}, not a version", "write it as v1", Subtype.FRONT_MATTER
        case "pattern":
            return f"'{name}' is {shown}, not a slug", "use lower-case letters, digits, hyphens", Subtype.FRONT_MATTER
    return f"'{name}': {error.message}", "see the description of the front matter", Subtype.FRONT_MATTER
