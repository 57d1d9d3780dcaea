"""Calls to Graph with a token, and to addresses that carry their own permission without one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from attrs import frozen
from azure.core import PipelineClient
from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.core.pipeline import Pipeline
from azure.core.pipeline.policies import BearerTokenCredentialPolicy, HeadersPolicy, ProxyPolicy, UserAgentPolicy
from azure.core.pipeline.transport import RequestsTransport
from azure.core.rest import HttpRequest, HttpResponse

from kmmaturity.errors import KmMaturityError
from kmmaturity_sharepoint.client.policies import Logged, Patience, Waiting, asked_to_wait
from kmmaturity_sharepoint.client.refusals import Cause, Refusal, SignInRefused, Unanswered, cause_in, code_in
from kmmaturity_sharepoint.client.signing_in import credential_of, not_signed_in
from kmmaturity_sharepoint.settings import Settings

__all__ = ["AGENT", "Answer", "Wire"]

# learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
AGENT = f"NONISV|kmmaturity|kmmaturity-sharepoint/{version('kmmaturity-sharepoint')}"
VERSION = "/v1.0"
T = TypeVar("T")
_TIMEOUTS = {"connection_timeout": 20, "read_timeout": 120}  # seconds


@frozen(eq=False)
class Answer:
    """What came back of an operation: the status, the headers, and the body as bytes."""

    operation: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Mapping[str, Any]:
        """The body, which is JSON. Raises Unanswered where it is not: a proxy's page, or the half of an answer."""
        if (found := _read(self.content)) is None:
            raise Unanswered(self.operation, Cause.NOT_JSON)
        return found


class Wire:
    """Two ways out. `call` sends a token, and to Graph alone; `bare` sends none, to addresses that Graph gave."""

    def __init__(self, settings: Settings) -> None:
        self.patience = Patience(settings.patience, settings.sleep)
        self._base = settings.graph + VERSION
        self._origin = _origin(settings.graph)
        self.credential = credential_of(settings)
        self._way = settings.sign_in if settings.credential is None else None
        self.scope = f"{settings.graph}/.default"
        self._signed = self._client(settings, BearerTokenCredentialPolicy(self.credential, self.scope))
        self._bare = self._client(settings)  # of its own, so that no cookie of the one reaches the other

    def _client(self, settings: Settings, *own: Any) -> PipelineClient[HttpRequest, HttpResponse]:
        # Policies know the one that follows them, so no two clients can share any.
        policies = [
            HeadersPolicy(),
            UserAgentPolicy(base_user_agent=AGENT),
            ProxyPolicy(proxies={"https": settings.proxy} if settings.proxy else None),
            Waiting(self.patience),
            *own,
            Logged(),
        ]
        transport = RequestsTransport(connection_verify=settings.ca or True, **_TIMEOUTS)
        return PipelineClient(self._base, pipeline=Pipeline(transport, policies))

    def call(
        self,
        operation: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        content: bytes | None = None,
        repeatable: bool = False,
    ) -> Answer:
        """The answer to one call of Graph. `path` is encoded already. Raises Refusal, Unanswered and SignInRefused."""
        full = self._base + path if path.startswith("/") else path  # the address of a next page
        if _origin(full) != self._origin:
            raise KmMaturityError(
                f"the answer to {operation} points to another host, {_origin(full)}, and was not followed: no token is "
                f"sent anywhere but to {self._origin}. Tell whoever looks after the network between here and Microsoft"
            )
        if query:
            full += "?" + "&".join(
                f"{quote(name, safe='$@.')}={quote(value, safe='')}" for name, value in query.items()
            )
        request = HttpRequest(method, full, headers=dict(headers or {}), json=body, content=content)
        return self._sent(self._signed, request, operation, repeatable)

    def bare(
        self,
        operation: str,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        repeatable: bool = False,
    ) -> Answer:
        """The answer from an address that carries its own permission. It appears in no message and no log."""
        if urlsplit(address).scheme != "https":
            raise KmMaturityError(f"the address that Graph gave for {operation} is not https, and was not used")
        request = HttpRequest(method, address, headers=dict(headers or {}), content=content)
        return self._sent(self._bare, request, operation, repeatable)

    def _sent(self, client: Any, request: HttpRequest, operation: str, repeatable: bool) -> Answer:
        request.headers["client-request-id"] = str(uuid.uuid4())

        def ask() -> Answer:
            response: HttpResponse = client.send_request(request, operation=operation, repeatable=repeatable)
            return Answer(operation, response.status_code, response.headers, response.read())

        answer = self._tried(operation, ask)
        while isinstance(answer, Unanswered):
            if not (repeatable and self.patience.wait(0, answer.why)):
                raise answer
            answer = self._tried(operation, ask)
        if answer.status >= 400:
            raise self._refusal(operation, request, answer)
        return answer

    def _refusal(self, operation: str, request: HttpRequest, answer: Answer) -> Refusal:
        return Refusal(
            operation,
            answer.status,
            code_in(_read(answer.content)),
            request_id=answer.headers.get("request-id") or request.headers["client-request-id"],
            waits=self.patience.waits,
            waited=self.patience.waited,
            retry_after=asked_to_wait(answer.headers),
        )

    def token(self) -> str:
        """A token for Graph, had now. Raises SignInRefused and Unanswered. It must not be shown."""
        found = self._tried("sign-in", lambda: self.credential.get_token(self.scope))
        if isinstance(found, Unanswered):
            raise found
        return found.token

    def _tried(self, operation: str, do: Callable[[], T]) -> T | Unanswered:
        """What `do` gives, or Unanswered. Raises SignInRefused."""
        failed: SignInRefused | Unanswered
        try:
            return do()
        except (ClientAuthenticationError, OSError) as error:  # a way to sign in may read files
            failed = not_signed_in(error, self._way)
        except AzureError as error:
            failed = Unanswered(operation, cause_in(str(error)) or Cause.CUT)
        # Only now, when what azure-core raised is gone: it holds the address, and would be shown as the cause.
        if isinstance(failed, SignInRefused):
            raise failed
        return failed

    def close(self) -> None:
        """Let go of connections, and of what signs in."""
        self._signed.close()
        self._bare.close()
        if (close := getattr(self.credential, "close", None)) is not None:
            close()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    port = "" if parts.port in (None, 443) else f":{parts.port}"
    return f"{parts.scheme}://{(parts.hostname or '').casefold()}{port}"


def _read(content: bytes) -> Mapping[str, Any] | None:
    """The JSON object that `content` is, or None."""
    try:
        found = json.loads(content)
    except ValueError:
        return None
    return found if isinstance(found, Mapping) else None
