"""Signing in: the credential that the settings name, unmodified azure-identity, and what it says when it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from azure import identity
from azure.core.credentials import TokenCredential
from azure.core.exceptions import ClientAuthenticationError

from kmmaturity_sharepoint.client.refusals import SignInRefused
from kmmaturity_sharepoint.settings import Settings

__all__ = ["credential_of", "sign_in_refused"]

_NO_TENANT = "Unable to get authority configuration"
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
        "auto": lambda: identity.DefaultAzureCredential(**network),
        "environment": lambda: identity.EnvironmentCredential(**network),
        "workload": lambda: identity.WorkloadIdentityCredential(
            tenant_id=settings.tenant, client_id=settings.client_id, **network
        ),
        "managed": lambda: identity.ManagedIdentityCredential(client_id=settings.client_id, **_reached(network)),
        "cli": lambda: identity.AzureCliCredential(tenant_id=settings.tenant or ""),
        "pipelines": lambda: _pipelines(settings, network),
        "browser": lambda: identity.InteractiveBrowserCredential(**_person(settings), **network),
        "device-code": lambda: identity.DeviceCodeCredential(**_person(settings), **network),
    }
    try:
        return ways[settings.sign_in]()
    except ValueError as error:  # azure-identity names what it lacks
        told = str(error)
    raise SignInRefused(f"sign-in by {settings.sign_in!r} is not set up: {told}")


def _reached(network: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in network.items() if name in ("connection_verify", "proxies")}


def _person(settings: Settings) -> dict[str, Any]:
    named = {"tenant_id": settings.tenant, "client_id": settings.client_id}
    return {name: value for name, value in named.items() if value}


def _pipelines(settings: Settings, network: dict[str, Any]) -> TokenCredential:
    from os import environ

    names = ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "SYSTEM_ACCESSTOKEN")
    for name in names:
        if not environ.get(name):
            raise ValueError(f"the variable {name} is not set; the task AzureCLI@2 sets the first, `env:` the second")
    return identity.AzurePipelinesCredential(
        tenant_id=settings.tenant or environ.get("AZURESUBSCRIPTION_TENANT_ID", ""),
        client_id=settings.client_id or environ.get("AZURESUBSCRIPTION_CLIENT_ID", ""),
        service_connection_id=environ[names[0]],
        system_access_token=environ[names[1]],
        **network,
    )


def sign_in_refused(error: ClientAuthenticationError) -> SignInRefused:
    """What azure-identity says, without what it quotes of the answer."""
    codes = tuple(dict.fromkeys(_CODE.findall(str(error))))
    if not codes and _NO_TENANT in str(error):
        codes = ("AADSTS90002",)  # MSAL asks for the tenant first, and keeps Entra's answer to itself
    if codes:
        return SignInRefused(f"Microsoft Entra refused to sign in: {', '.join(codes)}", codes)
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return SignInRefused(f"nothing could sign in: {first}")
