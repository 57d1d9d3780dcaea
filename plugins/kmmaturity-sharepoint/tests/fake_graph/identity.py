"""Microsoft Entra: tenants, applications with a secret, a certificate or a federated token, and managed identities.

What gives federated tokens in Azure Pipelines is here, too.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from attrs import define, field
from cryptography import x509

from fake_graph.messages import Request, Response

__all__ = ["CONNECTION", "Application", "Entra"]

CONNECTION = "77777777-6666-5555-4444-333333333333"  # the service connection of Azure Pipelines


@define
class Application:
    """What is registered in the tenant, and the ways in which it may sign in."""

    id: str = "11111111-2222-3333-4444-555555555555"
    secret: str = field(factory=lambda: f"secret-{secrets.token_hex(12)}", repr=False)
    secret_expired: bool = False
    certificate: bytes | None = None  # in PEM
    federated: str = field(factory=lambda: f"federated-{secrets.token_hex(12)}", repr=False)
    consented: bool = True
    identity_header: str = field(factory=lambda: f"header-{secrets.token_hex(12)}", repr=False)
    pipeline_token: str = field(factory=lambda: f"pipeline-{secrets.token_hex(12)}", repr=False)


class Entra:
    """One tenant with one application. It gives tokens for one Graph, and knows which it gave."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.tenant = "99999999-8888-7777-6666-555555555555"
        self.application = Application()
        self.tokens: dict[str, str] = {}  # how each token was had

    def answer(self, request: Request) -> Response | None:
        """The answer to a call of Entra, or None where it is none."""
        if request.path == "/msi/token":
            return self._managed(request)
        if request.path == "/pipelines/oidc":
            return self._pipeline(request)
        tenant, _, rest = request.path.strip("/").partition("/")
        if rest not in ("v2.0/.well-known/openid-configuration", "oauth2/v2.0/token"):
            return None
        if tenant != self.tenant:
            return _refused("invalid_tenant", f"AADSTS90002: Tenant '{tenant}' not found.")
        if request.method == "GET":
            base = f"{self.origin}/{tenant}"
            return Response(
                200,
                {
                    "issuer": f"{base}/v2.0",
                    "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                    "token_endpoint": f"{base}/oauth2/v2.0/token",
                },
            )
        return self._token(request.form)

    def _token(self, form: dict[str, str]) -> Response:
        app = self.application
        if form.get("client_id") != app.id:
            return _refused("unauthorized_client", "AADSTS700016: Application was not found in the directory.")
        if form.get("scope") != f"{self.origin}/.default" or form.get("grant_type") != "client_credentials":
            return _refused("invalid_scope", "AADSTS70011: The provided value for scope is not valid.")
        if "client_secret" in form:
            if form["client_secret"] != app.secret:
                return _refused("invalid_client", "AADSTS7000215: Invalid client secret provided.", 401)
            if app.secret_expired:
                return _refused("invalid_client", "AADSTS7000222: The provided client secret keys are expired.", 401)
            return self._given("secret")
        assertion = form.get("client_assertion", "")
        if assertion == app.federated:
            return self._given("federated")
        if app.certificate is not None and self._signed(assertion, app):
            return self._given("certificate")
        return _refused("invalid_client", "AADSTS700213: No matching federated identity record found.", 401)

    def _signed(self, assertion: str, app: Application) -> bool:
        key: Any = x509.load_pem_x509_certificate(app.certificate or b"").public_key()
        try:
            claims = jwt.decode(
                assertion, key, algorithms=["RS256", "PS256"], audience=f"{self.origin}/{self.tenant}/oauth2/v2.0/token"
            )
        except jwt.InvalidTokenError:
            return False
        return bool(claims["sub"] == app.id)

    def _managed(self, request: Request) -> Response:
        if request.headers.get("x-identity-header") != self.application.identity_header:
            return Response(401, {"statusCode": 401, "message": "wrong header"})
        if request.query.get("resource") != self.origin:
            return Response(400, {"statusCode": 400, "message": "wrong resource"})
        token = self.made("managed")
        return Response(
            200, {"access_token": token, "expires_on": "4102444800", "resource": self.origin, "token_type": "Bearer"}
        )

    def _pipeline(self, request: Request) -> Response:
        """The token of a run, which a service connection is known by, turned into a federated one."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token != self.application.pipeline_token or request.query.get("serviceConnectionId") != CONNECTION:
            return Response(401, {"message": "wrong token"})
        return Response(200, {"oidcToken": self.application.federated})

    def _given(self, how: str) -> Response:
        if not self.application.consented:
            return _refused("invalid_grant", "AADSTS65001: The user or administrator has not consented.")
        return Response(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": self.made(how)})

    def made(self, how: str) -> str:
        """A new token."""
        token = f"token-{secrets.token_hex(24)}"
        self.tokens[token] = how
        return token

    def allows(self, request: Request) -> bool:
        """Whether a call of Graph carries a token that was given here."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme == "Bearer" and token in self.tokens


def _refused(error: str, told: str, status: int = 400) -> Response:
    return Response(status, {"error": error, "error_description": f"{told} Trace ID: x Correlation ID: y"})
