"""What went wrong, in words for an administrator: what it means, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kmmaturity.checking.formats.text import counted
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError
from kmmaturity_sharepoint.addresses import Place
from kmmaturity_sharepoint.client.refusals import Refusal, SignInRefused, Unanswered
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
_NETWORK = {
    "the certificate that answered is not one that this machine trusts": (
        "if your network opens encrypted connections, name its certificate: option `ca`, or REQUESTS_CA_BUNDLE"
    ),
    "the host's name could not be found": (
        "check the address and `graph`, and whether this machine reaches the internet"
    ),
    "the proxy did not let the call through": "check the option `proxy`, or HTTPS_PROXY, with whoever runs the proxy",
}
_WRITES = ("item.put", "session.create", "upload.fragment", "batch", "items.create", "items.update")
# For a status and, where it matters, operations: what it means and who does what. The first that fits is told.
REFUSED: tuple[tuple[int, tuple[str, ...], str], ...] = (
    (401, (), (
        "the token was not accepted: `graph` and `authority` have to be those of one cloud, and `tenant` the one that "
        "{host} belongs to"
    )),
    (403, ("lists.create", "columns.create"), (
        "the application may not make lists in {site}: an owner of the site makes it, as `kmmaturity sharepoint "
        "provision --print` says, or grants the role `manage` for as long as that takes"
    )),
    (403, _WRITES, (
        "it is read-only for the application: an owner of {site}, or a SharePoint administrator, grants it the role "
        "`write` there (Sites.Selected), and looks whether a policy locks the library or list itself"
    )),
    (403, (), (
        "the application may not see {site}: a SharePoint administrator grants it the role `write` for this one site "
        "(Sites.Selected), as `kmmaturity sharepoint doctor` shows"
    )),
    (404, ("site.get",), (
        "there is no site {site}, or the application may not know of it: compare with the address in a browser, and if "
        "it is right have a SharePoint administrator grant the application the role `write` there"
    )),
    (404, (), "it is not there, or was moved or taken away while it was used: look, and do it again"),
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
            remedy = _NETWORK.get(error.why, "do it again: what has arrived is looked for first")
            return f"SharePoint did not answer {error.operation}: {error.why}; {remedy}"
        case Taken():
            return f'{error}: pass overwrite=True to replace it, or conflict="rename" to keep both'
        case Changed():
            return f"{error} since it was looked at, and was left as it is: look at it, and then do it again"
        case Refusal():
            return f"{_refusal(error, place)} (request {error.request_id}, {error.status} {error.code})"
    return str(error)


def _sign_in(error: SignInRefused) -> str:
    for code in error.codes:
        if code in SIGN_IN:
            return f"signing in was refused: {SIGN_IN[code].format(entra=ENTRA)} ({code})"
    if error.codes:
        link = f"https://login.microsoftonline.com/error?code={error.codes[0].removeprefix('AADSTS')}"
        return f"signing in was refused with {error.codes[0]}: {ENTRA} finds what it means at {link}"
    return (
        f"{error}; say how to sign in with the option `sign_in`: an application's AZURE_... variables, `cli` after "
        "`az login`, `managed`, `browser` or `device-code`"
    )


def _refusal(error: Refusal, place: Place) -> str:
    if error.status in (429, 503) and error.waits:
        minutes = max(1, round(error.waited / 60))
        return (
            f"SharePoint is busy: it asked for patience {error.waits} times, and {counted(minutes, 'minute')} were "
            "waited. Nothing is half done; do it again later, outside working hours if it happens often, or give it "
            "longer with the option `patience`"
        )
    for status, operations, told in REFUSED:
        if error.status == status and (not operations or error.operation in operations):
            return told.format(site=place.site_shown, host=place.host)
    return _MISHAP if error.is_temporary else _UNKNOWN
