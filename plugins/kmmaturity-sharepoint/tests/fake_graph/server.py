"""The server: TLS on this machine, with a certificate of our own authority, and every exchange looked at."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import trustme
from attrs import frozen

from fake_graph.contract import Contract
from fake_graph.faults import Cut
from fake_graph.graph import Graph
from fake_graph.identity import Entra
from fake_graph.messages import Request, Response, error

__all__ = ["Exchange", "FakeGraph"]

_HOSTS = ("localhost", "127.0.0.1", "graph.microsoft.com", "login.microsoftonline.com", "contoso.sharepoint.com")


@frozen(eq=False)
class Exchange:
    """One call and what came of it; no response where the connection was cut."""

    operation: str
    request: Request
    response: Response | None


class FakeGraph:
    """Graph, Entra and SharePoint's own addresses at one port of this machine.

    `violations` are the calls that break the contract, those without an answer too; with `strict` off, calls of clients
    that are not ours are let through. `exchanges` are all calls, in order. With `lasting` off, a process may end while
    it runs.
    """

    def __init__(self, folder: Path, *, strict: bool = True, lasting: bool = True) -> None:
        authority = trustme.CA()
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(*_HOSTS).configure_cert(context)
        self._server = _Server(("127.0.0.1", 0), _handler(self), context)
        self._server.daemon_threads = not lasting
        self.port = self._server.server_address[1]
        self.origin = f"https://localhost:{self.port}"
        self.entra = Entra(self.origin)
        self.graph = Graph(self.origin)
        self.strict = strict
        self.contract = Contract.read()
        self.violations: list[str] = []
        self.exchanges: list[Exchange] = []
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: Request) -> Response | Cut:
        """What comes of a call, looked at on the way."""
        with self._lock:
            operation, found = self._answered(request)
            response = None if isinstance(found, Cut) else found
            self.exchanges.append(Exchange(operation, request, response))
            if self.contract is not None and self.strict and operation != "entra":
                unsigned = operation.startswith("unsigned")
                wrong = self.contract.unsigned(request) if unsigned else self.contract.violations(request, response)
                self.violations.extend(f"{request.method} {request.path}: {each}" for each in wrong)
            return found

    def _answered(self, request: Request) -> tuple[str, Response | Cut]:
        graph = self.graph
        if request.path == "/upload":
            operation = {"PUT": "unsigned.fragment", "GET": "unsigned.status"}.get(request.method, "unsigned.cancel")
            drive = next(
                (each for each in graph.drives.values() if request.query.get("tempauth") in each.uploads), graph.library
            )
            return operation, graph.faults.around(operation, request, drive.fragment)
        if request.path == "/download":
            entry = graph.library.downloads.get(request.query.get("tempauth", ""))
            missing = error(404, "itemNotFound")
            return "unsigned.download", graph.faults.around(
                "unsigned.download",
                request,
                lambda _: missing if entry is None else Response(200, entry.content or b""),
            )
        if not request.path.startswith("/v1.0/"):
            return "entra", self.entra.answer(request) or error(404, "notFound")
        operation = graph.operation(request)
        if not self.entra.allows(request):
            return operation, error(401, "InvalidAuthenticationToken", "Access token is missing or wrong")
        return operation, graph.answer(request)

    def calls(self, operation: str) -> list[Exchange]:
        """The calls of one operation, in order."""
        return [each for each in self.exchanges if each.operation == operation]


class _Server(ThreadingHTTPServer):
    def __init__(
        self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext
    ) -> None:
        super().__init__(address, handler)
        self._context = context
        self._open: set[socket.socket] = set()

    def get_request(self) -> tuple[socket.socket, Any]:
        """A connection with TLS on it; the handshake comes with the first byte that is read, in a thread of its own."""
        connection, address = self.socket.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wrapped = self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._open.add(wrapped)
        return wrapped, address

    def close_request(self, request: Any) -> None:
        """One connection is done with."""
        self._open.discard(request)
        super().close_request(request)

    def server_close(self) -> None:
        """Every connection that a client keeps open is ended, and with it its thread."""
        for each in tuple(self._open):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error of the server; one that does not trust it is tested by its own side."""


def _handler(fake: FakeGraph) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:  # http.server's
            """Nothing: the exchanges are there to be looked at."""

        def handle_one(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            request = Request.of(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            found = fake.answer(request)
            if isinstance(found, Cut):
                self.close_connection = True
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self.connection, socket.SHUT_RDWR)
                return
            content = found.content
            lines = [f"HTTP/1.1 {found.status} {self.responses.get(found.status, ('',))[0]}"]
            headers = {"Content-Type": "application/json", "request-id": "fake", **found.headers}
            if found.status != 204:
                headers["Content-Length"] = str(len(content))
            lines += [f"{name}: {value}" for name, value in headers.items()]
            self.wfile.write("\r\n".join([*lines, "", ""]).encode() + content)

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = handle_one  # noqa: N815  # http.server's names

    return Handler
