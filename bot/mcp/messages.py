"""What the protocol's messages are made of: tools with their schemas, resources, results. Pure."""

import inspect
import json
from typing import Any

import msgspec
from mcp import types
from mcp.shared.exceptions import MCPError

from bot.episodes import Entry
from bot.mcp.tools import TOOLS
from bot.mcp.transcripts import TEMPLATE, uri_of

_KIND = "text/plain"
_READS_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
# Of a JSON Schema; its title, and what the docstring says, stand beside it.
_TOLD = ("type", "properties", "required", "additionalProperties")


def tool(name: str) -> types.Tool:
    """Return a tool as an assistant is told of it."""
    return types.Tool(
        name=name,
        title=name.capitalize(),
        description=inspect.getdoc(TOOLS[name]),
        input_schema=SCHEMAS[name],
        annotations=_READS_ONLY,
    )


def template() -> types.ResourceTemplate:
    """Return where transcripts are, by their slugs."""
    return types.ResourceTemplate(
        name="transcript",
        title="Transcript",
        uri_template=TEMPLATE,
        description="The text of an episode, whose characters `start` and `end` of its quotes "
        "count. The slug is one that `episodes` lists.",
        mime_type=_KIND,
    )


def resource(entry: Entry) -> types.Resource:
    """Return an episode's transcript as it is listed."""
    facts = " · ".join(filter(None, (entry.show, entry.date)))
    return types.Resource(
        name=_whole(entry.slug),
        title=_whole(entry.label),
        uri=uri_of(entry.slug),
        description=_whole(facts) or None,
        mime_type=_KIND,
    )


def contents(uri: str, text: str) -> types.ReadResourceResult:
    """Return a transcript as it is read."""
    whole = types.TextResourceContents(uri=uri, mime_type=_KIND, text=_whole(text))
    return types.ReadResourceResult(contents=[whole])


def result(text: str, content: dict[str, Any] | None = None) -> types.CallToolResult:
    """Return what a tool replies, or without its JSON what is wrong with the call."""
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=_whole(text))],
        structured_content=content and json.loads(_whole(json.dumps(content, ensure_ascii=False))),
        is_error=content is None,
    )


def refused(words: str) -> MCPError:
    """Return the error for a request that asks for what there is not."""
    return MCPError(types.INVALID_PARAMS, words)


def _whole(text: str) -> str:
    """Return text that UTF-8 can hold: half a surrogate pair in it is a question mark."""
    return text.encode(errors="replace").decode()


def _schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a tool's arguments."""
    [_], schemas = msgspec.json.schema_components([TOOLS[name]])
    return {key: value for key, value in schemas[TOOLS[name].__name__].items() if key in _TOLD}


SCHEMAS = {name: _schema(name) for name in TOOLS}
