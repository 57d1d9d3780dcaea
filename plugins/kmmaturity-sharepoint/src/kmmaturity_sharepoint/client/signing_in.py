"""Signing in: the credential that the settings name, unmodified azure-identity, and what it says when it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from os import environ
from typing import Any

from azure import identity
from azure.core.credentials import TokenCredential

from kmmaturity.domain.names import listed
from kmmaturity_sharepoint.client.refusals import SignInRefused, Unanswered, cause_in
from kmmaturity_sharepoint.settings import Settings

__all__ = ["credential_of", "not_signed_in"]

# MSAL asks for the tenant first and keeps Entra's answer to itself; azure-identity looks at how it is written.
_NO_TENANT = ("Unable to get authority configuration", "Invalid tenant")
_VARIABLES = (
    "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH",
    "AZURE_FEDERATED_TOKEN_FILE",
)  # fmt: skip
_CODE = re.compile(r"AADSTS\d+")


def credential_of(settings: Settings) -> TokenCredential:
    """What signs in as `settings` say. Nothing is sent yet."""
    if settings.credential is not None:
        given: TokenCredential = settings.credential
        return given
    network: dict[str, Any] = {"authority": settings.authority}
    if settings.ca:
        network["connection_verify"] = settings.ca
    if settings.proxy:
        network["proxies"] = {"https": settings.proxy}
    if not settings.own_cloud:
        network["disable_instance_discovery"] = True  # only Microsoft's own clouds vouch for each other
    ways: dict[str, Callable[[], TokenCredential]] = {
        "auto": lambda: _application(settings, network) or _whatever(settings, network),
        "environment": lambda: _application(settings, network) or identity.EnvironmentCredential(**network),
        "workload": lambda: identity.WorkloadIdentityCredential(
            tenant_id=settings.tenant, client_id=settings.client_id, **network
        ),
        "managed": lambda: identity.ManagedIdentityCredential(client_id=settings.client_id, **_reached(network)),
        "cli": lambda: identity.AzureCliCredential(tenant_id=settings.tenant or ""),
        "pipelines": lambda: _pipelines(settings, network),
        "browser": lambda: identity.InteractiveBrowserCredential(**_person(settings), **network),
        "device-code": lambda: identity.DeviceCodeCredential(**_person(settings), **network),
    }
    failed: SignInRefused | Unanswered
    try:
        return ways[settings.sign_in]()
    except (ValueError, OSError) as error:  # azure-identity names what it lacks, and reads a certificate now
        failed = not_signed_in(error, settings.sign_in)
    raise failed


def _application(settings: Settings, network: dict[str, Any]) -> TokenCredential | None:
    """The application whose secret or certificate the environment has; options may say which one, and of what tenant.

    EnvironmentCredential takes the same variables, and no options; an empty one is something to it.
    """
    secret, certificate = (environ.get(f"AZURE_CLIENT_{each}") for each in ("SECRET", "CERTIFICATE_PATH"))
    if not settings.tenant or not settings.client_id:
        return None
    if secret:
        return identity.ClientSecretCredential(settings.tenant, settings.client_id, secret, **network)
    if certificate:
        more = {
            "password": environ.get("AZURE_CLIENT_CERTIFICATE_PASSWORD"),
            "send_certificate_chain": environ.get("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", "").lower() in ("1", "true"),
        }
        return identity.CertificateCredential(settings.tenant, settings.client_id, certificate, **more, **network)
    return None


def _whatever(settings: Settings, network: dict[str, Any]) -> TokenCredential:
    named = {"managed_identity_client_id": settings.client_id, "workload_identity_client_id": settings.client_id}
    return identity.DefaultAzureCredential(**{key: value for key, value in named.items() if value}, **network)


def _reached(network: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in network.items() if name in ("connection_verify", "proxies")}


def _person(settings: Settings) -> dict[str, Any]:
    named = {"tenant_id": settings.tenant, "client_id": settings.client_id}
    return {name: value for name, value in named.items() if value}


def _pipelines(settings: Settings, network: dict[str, Any]) -> TokenCredential:
    names = ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "SYSTEM_ACCESSTOKEN")
    if lacking := [name for name in names if not environ.get(name)]:
        raise ValueError(f"there is nothing in {listed(lacking, last='and')}")
    return identity.AzurePipelinesCredential(
        tenant_id=settings.tenant or environ.get("AZURESUBSCRIPTION_TENANT_ID", ""),
        client_id=settings.client_id or environ.get("AZURESUBSCRIPTION_CLIENT_ID", ""),
        service_connection_id=environ[names[0]],
        system_access_token=environ[names[1]],
        **network,
    )


def not_signed_in(error: Exception, way: str | None) -> SignInRefused | Unanswered:
    """What azure-identity says of `way`, but for what it quotes of answers; Unanswered where it was the network."""
    text = str(error)
    if (cause := cause_in(text)) is not None:
        return Unanswered("sign-in", cause)
    codes = tuple(dict.fromkeys(_CODE.findall(text)))
    if not codes and any(sign in text for sign in _NO_TENANT):
        codes = ("AADSTS90002",)
    if codes:
        return SignInRefused(f"Microsoft Entra refused to sign in: {', '.join(codes)}", codes, way=way)
    if isinstance(error, OSError) and error.filename:
        return SignInRefused(f"{error.filename} cannot be read ({error.strerror})", way=way)
    empty = [name for name in _VARIABLES if environ.get(name) == ""]
    if empty and not environ.get("AZURE_CLIENT_CERTIFICATE_PATH"):  # which would be what is wrong, then
        return SignInRefused(f"there is nothing in {listed(empty, last='and')}", way=way)
    if way == "auto":  # what each of nine ways lacks is no help to whoever meant one
        return SignInRefused("nothing that this machine offers could sign in", way=way)
    first = next(iter(text.strip().splitlines()), type(error).__name__)
    return SignInRefused(first.rstrip("."), way=way)
