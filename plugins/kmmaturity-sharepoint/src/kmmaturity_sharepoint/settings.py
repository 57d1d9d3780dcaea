"""How SharePoint is reached: which cloud, which tenant, which way to sign in, through what network."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from attrs import field, fields, frozen

from kmmaturity.domain.names import listed, no_such
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks import Option

__all__ = ["CLOUDS", "CONNECTION", "SIGN_INS", "Cloud", "Settings", "settings_from", "using"]

ENVIRONMENT = "KMMATURITY_SHAREPOINT_"


@frozen(weakref_slot=False)
class Cloud:
    """One of Microsoft's clouds: the endings of its sites' hosts, its Graph, and where people sign in to it."""

    endings: tuple[str, ...]
    graph: str
    authority: str


# learn.microsoft.com/graph/deployments
CLOUDS = (
    Cloud((".sharepoint.us",), "https://graph.microsoft.us", "https://login.microsoftonline.us"),
    Cloud((".sharepoint-mil.us",), "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"),
    Cloud((".sharepoint.cn",), "https://microsoftgraph.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"),
    Cloud((".sharepoint.com",), "https://graph.microsoft.com", "https://login.microsoftonline.com"),
)
SIGN_INS = {
    "auto": "what this machine offers: the environment's variables, workload or managed identity, the Azure CLI",
    "environment": "AZURE_TENANT_ID and AZURE_CLIENT_ID with a secret or a certificate",
    "workload": "workload identity: AZURE_FEDERATED_TOKEN_FILE, as in Kubernetes",
    "managed": "the managed identity of an Azure machine or service",
    "cli": "whoever is signed in with `az login`; in GitHub Actions, azure/login",
    "pipelines": "the service connection of Azure Pipelines",
    "browser": "a person, in a browser that opens",
    "device-code": "a person, with a code to enter in any browser",
}


@frozen(weakref_slot=False, kw_only=True)
class Settings:
    """How SharePoint is reached. What is left out is taken from the site's host and the environment.

    `graph` and `authority` are addresses, `ca` is a file of certificates to trust and `proxy` the address of a proxy.
    `patience` is how many seconds in all may be spent waiting for a throttled or absent service. `credential` is any
    `azure.core.credentials.TokenCredential`, and takes the place of `sign_in`.
    """

    graph: str
    authority: str
    sign_in: str = "auto"
    tenant: str | None = None
    client_id: str | None = None
    ca: str | None = None
    proxy: str | None = field(default=None, repr=False)  # it may hold a password
    patience: float = 300.0
    credential: Any = field(default=None, repr=False)
    sleep: Callable[[float], None] = field(default=sleep, repr=False)

    @property
    def own_cloud(self) -> bool:
        """Whether the authority is one of Microsoft's, which it vouches for itself."""
        return any(self.authority == each.authority for each in CLOUDS)


# What can be said of a connection where text alone can be said, such as on a command line.
CONNECTION = (
    Option("sign_in", f"How to sign in: {listed(SIGN_INS)}.", choices=tuple(SIGN_INS)),
    Option("tenant", "The tenant's id or domain, where the environment does not say."),
    Option("client_id", "The application's or managed identity's client id, where the environment does not say."),
    Option("graph", "Microsoft Graph's address, where it is not the one of the site's cloud."),
    Option("authority", "Where to sign in, where it is not the site's cloud's."),
    Option("ca", "A file of certificates to trust, where a network opens encrypted connections."),
    Option("proxy", "A proxy's address, where HTTPS_PROXY does not say."),
    Option("patience", "How many seconds may be spent waiting for a busy SharePoint: 300 otherwise.", type=int),
    Option("progress", "Tell progress on standard error; by default where somebody looks on.", type=bool),
)
_GIVEN: ContextVar[Mapping[str, Any]] = ContextVar("kmmaturity_sharepoint", default={})  # noqa: B039  # never changed


@contextmanager
def using(**settings: Any) -> Iterator[None]:
    """Within it, SharePoint is reached with these `settings`, such as a `credential` of the program's own.

    They are those of `Settings`, and come before options and the environment. Raises KmMaturityError for another name.
    """
    names = [each.name for each in fields(Settings)]
    for name in settings:
        if name not in names:
            raise no_such("setting", name, names, where="SharePoint")
    token = _GIVEN.set({**_GIVEN.get(), **settings})
    try:
        yield
    finally:
        _GIVEN.reset(token)


def settings_from(host: str, options: Mapping[str, Any], *, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings for the site at `host`: `using`'s, `options`, `KMMATURITY_SHAREPOINT_...`, or what the host implies.

    Raises KmMaturityError for an address that is not https, and UnknownName for a way to sign in that there is not.
    """
    given = _GIVEN.get()
    variables = os.environ if environment is None else environment

    def chosen(name: str) -> Any:
        said = (given.get(name), options.get(name), variables.get(ENVIRONMENT + name.upper()))
        return next((each for each in said if each not in (None, "")), None)  # no patience at all is 0

    cloud = next((each for each in CLOUDS if host.casefold().endswith(each.endings)), CLOUDS[-1])
    sign_in = chosen("sign_in") or "auto"
    if sign_in not in SIGN_INS:
        raise no_such("way to sign in", sign_in, SIGN_INS, where="SharePoint")
    ca = chosen("ca")
    if ca is not None and not os.path.isfile(ca):  # noqa: PTH113  # a path that is only handed on
        raise KmMaturityError(f"`ca` names {ca}, and there is no such file: name a file of certificates in PEM format")
    return Settings(
        graph=_https("graph", chosen("graph") or cloud.graph),
        authority=_https("authority", chosen("authority") or variables.get("AZURE_AUTHORITY_HOST") or cloud.authority),
        sign_in=sign_in,
        tenant=chosen("tenant") or variables.get("AZURE_TENANT_ID"),
        client_id=chosen("client_id") or variables.get("AZURE_CLIENT_ID"),
        ca=ca,
        proxy=chosen("proxy"),
        patience=_seconds(chosen("patience")),
        credential=given.get("credential"),
        sleep=given.get("sleep", sleep),
    )


def _https(name: str, address: str) -> str:
    full = address if "://" in address else f"https://{address}"
    parts = urlsplit(full)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.query:
        clouds = listed(dict.fromkeys(getattr(each, name) for each in CLOUDS))
        raise KmMaturityError(
            f"`{name}` is {address!r}: tokens are sent there, so pass an https address such as {clouds}"
        )
    return full.rstrip("/")


def _seconds(value: object) -> float:
    try:
        found = 300.0 if value is None else float(str(value))
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise KmMaturityError(f"`patience` is {value!r}: pass how many seconds may be spent waiting, such as 300")
    return found
