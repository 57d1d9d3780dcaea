"""What went wrong, in words for an administrator: what it means, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kmmaturity.checking.formats.text import counted
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError
from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.refusals import Cause, Refusal, SignInRefused, Unanswered
from kmmaturity_sharepoint.transfer import Changed, Taken

__all__ = ["explained", "sentence"]

ENTRA = "whoever looks after Microsoft Entra"
_TENANT = (
    "there is no such tenant: check AZURE_TENANT_ID, or the option `tenant`, against the tenant id in the Entra admin "
    "centre, and that `authority` is the one of your cloud"
)
_FEDERATED = (
    "no federated credential of the application fits who is asking: {entra} compares issuer, subject and audience "
    "under Certificates & secrets > Federated credentials with the repository, branch or service connection that runs "
    "this"
)
_CONSENT = (
    "nobody has consented to what the application may do: {entra} opens its API permissions and chooses Grant admin "
    "consent; Sites.Selected is enough"
)
# learn.microsoft.com/entra/identity-platform/reference-error-codes
SIGN_IN = {
    "AADSTS90002": _TENANT,
    "AADSTS900023": _TENANT,
    "AADSTS900021": _TENANT,
    "AADSTS700016": (
        "the tenant has no such application: check AZURE_CLIENT_ID, or the option `client_id`, against the application "
        "(client) id; an application of another tenant has to be added to this one by {entra}"
    ),
    "AADSTS7000222": (
        "the application's secret has expired: {entra} makes a new one under Certificates & secrets and puts it where "
        "AZURE_CLIENT_SECRET comes from; a federated credential never expires"
    ),
    "AADSTS7000215": (
        "the application's secret is not the right one: AZURE_CLIENT_SECRET takes the secret's value, not its id; the "
        "value is shown once, so {entra} may have to make a new secret"
    ),
    "AADSTS700027": (
        "the application's certificate is not the one that is registered, or has expired: {entra} uploads the new one "
        "under Certificates & secrets > Certificates"
    ),
    "AADSTS65001": _CONSENT,
    "AADSTS70021": _FEDERATED,
    "AADSTS700211": _FEDERATED,
    "AADSTS700212": _FEDERATED,
    "AADSTS700213": _FEDERATED,
    "AADSTS53003": (
        "a Conditional Access rule does not let this sign-in through from here: {entra} finds it in the sign-in log; "
        "or run this where the rule allows it"
    ),
}
# What each way to sign in needs, where it did not get as far as Entra.
WAYS = {
    "auto": (
        "set AZURE_TENANT_ID and AZURE_CLIENT_ID, with AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH; or say "
        "how to sign in with the option `sign_in`, such as `cli` after `az login`, `browser` or `device-code`"
    ),
    "environment": (
        "it takes AZURE_TENANT_ID and AZURE_CLIENT_ID, with AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH: a "
        "pipeline that lacks a secret leaves its variable empty"
    ),
    "workload": (
        "AZURE_FEDERATED_TOKEN_FILE has to name the file in which the platform leaves its token: whoever runs the "
        "platform switches workload identity on"
    ),
    "managed": (
        "it works on a machine or service in Azure that has an identity: whoever runs that gives it one, and the "
        "option `client_id` says which of several"
    ),
    "cli": "install the Azure CLI and run `az login`; in GitHub Actions, the step azure/login comes before this one",
    "pipelines": (
        "run this in the task AzureCLI@2, which sets AZURESUBSCRIPTION_..., with `SYSTEM_ACCESSTOKEN: "
        "$(System.AccessToken)` under `env`"
    ),
    "browser": "sign in within the browser that opens: `client_id` and `tenant` say to which application",
    "device-code": "enter the code that is shown in any browser: `client_id` and `tenant` say to which application",
}
_NETWORK: Mapping[str, str] = {
    Cause.UNTRUSTED: (
        "if your network opens encrypted connections, name its certificate: option `ca`, or REQUESTS_CA_BUNDLE"
    ),
    Cause.NO_CERTIFICATES: "the option `ca` names a file in PEM format, with BEGIN CERTIFICATE in it",
    Cause.NO_SUCH_HOST: "see whether this machine reaches the internet, and check the address, `graph` and `authority`",
    Cause.NOT_JSON: "do it again; if that comes back, open `graph` in a browser here, with whoever runs the network",
    Cause.PROXY: "check the option `proxy`, or HTTPS_PROXY, with whoever runs the proxy",
}
_WRITES = ("item.put", "session.create", "upload.fragment", "batch", "items.create", "items.update")
# For a status and, where it matters, operations: what it means and who does what. The first that fits is told.
REFUSED: tuple[tuple[int, tuple[str, ...], str], ...] = (
    (401, (), (
        "the token was not accepted: `graph` and `authority` have to be those of one cloud, and `tenant` the one that "
        "{host} belongs to"
    )),
    (403, ("lists.create", "columns.create"), (
        "the application may not make lists in {site}: an owner of the site makes it as the same command says with "
        "--print, or a SharePoint administrator grants the application the role `manage` for as long as that takes"
    )),
    (403, _WRITES, (
        "it is read-only for whoever signed in: a SharePoint administrator grants the application the role `write` in "
        "{site} (Sites.Selected), or an owner of the site lets the person edit; where that is so already, the library "
        "or list itself is locked, and an owner knows by whom"
    )),
    (403, (), (
        "the application may not see {site}: a SharePoint administrator grants it the role `write` for this one site "
        "(Sites.Selected), as the plug-in's page on setting up says"
    )),
    (404, ("site.get",), (
        "there is no site {site}, or the application may not know of it: compare with the address in a browser, and if "
        "it is right have a SharePoint administrator grant the application the role `write` there"
    )),
    (404, (), "it is not there, or was moved or taken away while it was used: look, and do it again"),
    (409, ("item.put", "session.create", "upload.fragment"), (
        "a file is where one of the folders would be: choose another folder, or have that file moved"
    )),
    (400, ("items.list",), (
        "the list cannot be searched by the columns that rows are told by: an owner of the site makes sure that they "
        "are there and indexed, as `kmmaturity sharepoint doctor` lists, or runs `kmmaturity sharepoint provision`"
    )),
    (400, ("item.put", "session.create"), (
        "SharePoint does not take a name in this address: use letters, digits, spaces and hyphens"
    )),
    (413, (), "the file is larger than SharePoint takes: send a smaller one"),
    (423, (), "somebody has it open or checked out: ask them to close it or check it in, and do it again"),
    (507, (), "the storage of {site} is full: a SharePoint administrator makes room or raises its quota"),
)  # fmt: skip
_AGAIN = "do it again: what has arrived is looked for first"
_MISHAP = "SharePoint had a mishap of its own that did not pass: do it again in some minutes"
_UNKNOWN = (
    "SharePoint refused it, and does not say more: whoever looks after Microsoft 365 finds the call by its request"
)


@contextmanager
def explained(place: Place, *, writing: bool, arrived: str | None = None) -> Iterator[None]:
    """Turns what the client raises into CannotWrite or CannotRead, with the place, what it means and who does what.

    `arrived` is what is there already of several things.
    """
    try:
        yield
    except (Refusal, SignInRefused, Unanswered, Taken, Changed) as error:
        told = f"{place}: {sentence(error, place)}{f'. {arrived} has arrived' if arrived else ''}"
    else:
        return
    raise CannotWrite(told) if writing else CannotRead(told)


def sentence(error: KmMaturityError, place: Place) -> str:
    """What `error` means at `place`, and who does what about it."""
    match error:
        case SignInRefused():
            return _sign_in(error)
        case Unanswered():
            who = "Microsoft Entra did not answer" if error.operation == "sign-in" else "SharePoint did not answer"
            return f"{who} ({error.operation}): {error.why}; {_NETWORK.get(error.why, _AGAIN)}"
        case Taken(is_folder=True):
            return f"{error}, and a folder: choose another name"
        case Taken():
            return f"{error}: replace it with --overwrite (overwrite=True), or keep both with -o conflict=rename"
        case Changed():
            return f"{error} since it was looked at, and was left as it is: look at it, and then do it again"
        case Refusal():
            request = f"request {error.request_id}, " if error.request_id else ""
            return f"{_refusal(error, place)} ({request}{error.status} {error.code})"
    return str(error)


def _sign_in(error: SignInRefused) -> str:
    for code in error.codes:
        if code in SIGN_IN:
            return f"signing in was refused: {SIGN_IN[code].format(entra=ENTRA)} ({code})"
    if error.codes:
        link = f"https://login.microsoftonline.com/error?code={error.codes[0].removeprefix('AADSTS')}"
        return f"signing in was refused with {error.codes[0]}: {ENTRA} finds what it means at {link}"
    if error.way is None:
        return f"the credential that the program gave could not sign in: {error}"
    return f"signing in by `{error.way}` did not come about: {error}; {WAYS[error.way]}"


def _refusal(error: Refusal, place: Place) -> str:
    if error.status in (429, 503) and error.waits:
        return (
            f"SharePoint is busy: it asked to wait {counted(error.waits, 'time')}, for {_span(error.waited)} in all. "
            "What has arrived stays, and doing it again goes on from there: later, outside working hours if it happens "
            "often, or with a longer `patience`"
        )
    if error.status in (429, 503) and error.retry_after:
        return (
            f"SharePoint is busy, and asks to be left alone for {_span(error.retry_after)}: do it again after that, or "
            "give it longer with the option `patience`"
        )
    for status, operations, told in REFUSED:
        if error.status == status and (not operations or error.operation in operations):
            return told.format(site=place.site_shown, host=place.host)
    return _MISHAP if error.is_temporary else _UNKNOWN


def _span(seconds: float) -> str:
    return counted(round(seconds), "second") if seconds < 120 else counted(round(seconds / 60), "minute")
