"""The official SDK's client, called as an assistant calls it, but one call at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from httpx2 import AsyncClient
from mcp import types
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

ROOT = Path(__file__).parents[2]


class Assistant:
    """A client that is connected."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal, self.client = portal, client

    def call(self, tool: str, **arguments: Any) -> types.CallToolResult:
        return self._portal.call(lambda: self.client.call_tool(tool, arguments))

    def content(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The JSON of a reply that is no error."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    def refusal(self, tool: str, **arguments: Any) -> str:
        """What is said against a call."""
        result = self.call(tool, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return text_of(result)

    def tools(self) -> list[types.Tool]:
        return self._portal.call(self.client.list_tools).tools

    def resources(self, cursor: str | None = None) -> types.ListResourcesResult:
        return self._portal.call(lambda: self.client.list_resources(cursor=cursor))

    def templates(self) -> list[str]:
        found = self._portal.call(self.client.list_resource_templates).resource_templates
        return [one.uri_template for one in found]

    def read(self, uri: str) -> str:
        [contents] = self._portal.call(self.client.read_resource, uri).contents
        assert isinstance(contents, types.TextResourceContents)
        return contents.text


def text_of(result: types.CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, types.TextContent)
    return content.text


@contextmanager
def over_stdio(mode: str = "auto", **environ: str) -> Iterator[Assistant]:
    """A client of `python -m bot mcp`, which it starts, with nothing of this machine's settings."""
    place = {key: os.environ[key] for key in ("PATH", "CACHE_DIR")} | {"PYTHONPATH": str(ROOT)}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp"], env=place | environ, cwd=ROOT
    )
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(stdio_client(command), mode=mode)) as client,
    ):
        yield Assistant(portal, client)


@contextmanager
def over_http(port: int, mode: str = "auto", **headers: str) -> Iterator[Assistant]:
    """A client of the `/mcp` of a server on this machine."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(
            AsyncClient(headers=headers, trust_env=False, timeout=60)
        ) as sender,
    ):
        transport = streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=sender)
        with portal.wrap_async_context_manager(Client(transport, mode=mode)) as client:
            yield Assistant(portal, client)
