"""Every call held against Microsoft's published description of Graph, where the file with it is there to be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from fake_graph.messages import Request, Response

__all__ = ["DESCRIPTION", "Contract", "canonical"]

# Beside the project, not in it: it is Microsoft's.
DESCRIPTION = Path(__file__).resolve().parents[5] / "shared" / "graph" / "openapi-subset.json"
_URI = "urn:graph"
_FRAGMENTS = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def canonical(path: str) -> str:
    """A path with addresses by name turned into addresses by id: `root:/a/b.txt:/content` is `items/x/content`."""
    path = path.removeprefix("/v1.0")
    path = re.sub(r"^/sites/[^/:]+:/[^:]+$", "/sites/x", path)
    path = re.sub(r"^(/drives/[^/]+)/(?:root|items/[^/:]+):/[^:]*:(/\w+)$", r"\1/items/x\2", path)
    path = re.sub(r"^(/drives/[^/]+)/(?:root|items/[^/:]+):/[^:]*$", r"\1/items/x", path)
    return re.sub(r"^(/drives/[^/]+)/root(/children|/content)?$", r"\1/items/x\2", path)


class Contract:
    """The description, read once, and what calls have against them by it."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._paths = {_pattern(path): operations for path, operations in description["paths"].items()}
        resource: Resource[Any] = DRAFT202012.create_resource(dict(description))
        self._registry: Registry[Any] = Registry().with_resource(_URI, resource)
        self._validator = cache(self._made)

    @classmethod
    @cache
    def read(cls) -> Contract | None:
        """The contract, or None where the file is not beside the project."""
        return cls(json.loads(DESCRIPTION.read_bytes())) if DESCRIPTION.is_file() else None

    def violations(self, request: Request, response: Response | None) -> Iterator[str]:
        """What is wrong with one call of Graph, and with its answer where it had one."""
        if not request.headers.get("authorization", "").startswith("Bearer "):
            yield "a call of Graph carries no token"
        if not request.headers.get("user-agent", "").startswith("NONISV|"):
            yield "the user agent is not as Microsoft asks for"
        yield from self._call(request, response)
        if canonical(request.path) == "/$batch":
            yield from (f"in a batch: {each}" for each in self._parts(request, response))

    def _call(self, request: Request, response: Response | None) -> Iterator[str]:
        path = canonical(request.path)
        operations = self._operations(path)
        operation = operations.get(request.method.lower())
        if operation is None:
            yield f"{request.method} {path} is not in the contract"
            return
        declared = [*operations.get("parameters", ()), *operation.get("parameters", ())]
        names = {each["name"] for each in declared if each["in"] == "query"}
        yield from (f"the query parameter {name} is not declared" for name in request.query if name not in names)
        if "if-match" in request.headers and not any(each["name"] == "If-Match" for each in declared):
            yield "If-Match is sent where it has no meaning"
        yield from (f"request: {each}" for each in self._body(operation.get("requestBody"), request))
        if response is not None:
            yield from (f"response: {each}" for each in self._answer(operation["responses"], response))

    def _parts(self, request: Request, response: Response | None) -> Iterator[str]:
        """What is wrong with the calls inside a batch, each with its own answer."""
        parts = _json(request.body, "requests")
        answers = {each.get("id"): each for each in _json(b"" if response is None else response.content, "responses")}
        if len({part.get("id") for part in parts}) != len(parts):
            yield "the ids are not unique"
        for part in parts:
            inner = Request.of(part.get("method", ""), part.get("url", ""), part.get("headers", {}), _bytes(part))
            found = answers.get(part.get("id"))
            answer = None if found is None else Response(found.get("status", 0), found.get("body"))
            yield from self._call(inner, answer)

    def _operations(self, path: str) -> Mapping[str, Any]:
        nothing: dict[str, Any] = {}
        return next((each for pattern, each in self._paths.items() if pattern.fullmatch(path)), nothing)

    def _body(self, declared: Mapping[str, Any] | None, request: Request) -> Iterator[str]:
        if declared is None:
            if request.body:
                yield "a body is sent where none is declared"
            return
        sort = request.headers.get("content-type", "").partition(";")[0]
        content = declared["content"].get(sort)
        if content is None:
            yield f"the content type {sort!r} is not declared"
        elif sort == "application/json":
            yield from self._wrong(content["schema"], request.body)

    def _answer(self, declared: Mapping[str, Any], response: Response) -> Iterator[str]:
        family = f"{response.status // 100}XX"
        found = declared.get(str(response.status)) or declared.get(family)
        if found is None and response.status >= 400 and "302" in declared:
            return  # the description of downloads, added by hand, leaves errors out
        if found is None:
            yield f"the status {response.status} is not declared"
            return
        schema = found.get("content", {}).get("application/json", {}).get("schema")
        if schema is not None:
            yield from self._wrong(schema, response.content)

    def _wrong(self, schema: Mapping[str, Any], body: bytes) -> Iterator[str]:
        try:
            value = json.loads(body)
        except ValueError:
            yield "the body is not JSON"
            return
        for each in self._validator(json.dumps(schema)).iter_errors(value):
            yield f"{each.json_path}: {each.validator}: {each.message[:200]}"

    def _made(self, schema: str) -> Draft202012Validator:
        pointed = json.loads(schema.replace('"#/', f'"{_URI}#/'))
        return Draft202012Validator(pointed, registry=self._registry)

    @staticmethod
    def unsigned(request: Request) -> Iterator[str]:
        """What is wrong with a call to an address that carries its own permission."""
        if "authorization" in request.headers:
            yield "a token is sent to an address that carries its own permission"
        if request.method == "PUT" and not _FRAGMENTS.fullmatch(request.headers.get("content-range", "")):
            yield "a fragment does not say which one it is"


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path)))


def _json(body: bytes, name: str) -> list[Any]:
    """The list called `name` in a body; none where the body has none, which is told of elsewhere."""
    try:
        found = json.loads(body)
    except ValueError:
        return []
    return list(found.get(name, ())) if isinstance(found, dict) else []


def _bytes(part: Any) -> bytes:
    return json.dumps(part["body"]).encode() if "body" in part else b""
