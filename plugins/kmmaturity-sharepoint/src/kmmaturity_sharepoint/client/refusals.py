"""What Graph refused, as a value that the rest of the plug-in decides by; `messages` puts it into words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from kmmaturity.errors import KmMaturityError

__all__ = ["LASTING", "Cause", "Refusal", "SignInRefused", "Unanswered", "cause_in", "code_in"]


class Cause(StrEnum):
    """Why nothing was answered."""

    UNTRUSTED = "the certificate that answered is not one that this machine trusts"
    NO_CERTIFICATES = "the file of certificates to trust holds none"
    PROXY = "the proxy did not let the call through"
    NO_SUCH_HOST = "the host's name could not be found"
    NOT_JSON = "what answered was not SharePoint, or broke off: a page of a proxy, perhaps"
    SLOW = "nothing came within the time for it"
    CUT = "the connection was cut, or could not be made"


# Those that another try in a moment would meet again.
LASTING = frozenset({Cause.UNTRUSTED, Cause.NO_CERTIFICATES, Cause.PROXY, Cause.NO_SUCH_HOST})
# What the libraries beneath say of each; the first that fits is the cause.
_SIGNS = (
    ("CERTIFICATE_VERIFY_FAILED", Cause.UNTRUSTED),
    ("NO_CERTIFICATE_OR_CRL_FOUND", Cause.NO_CERTIFICATES),
    ("ProxyError", Cause.PROXY),
    ("connect to proxy", Cause.PROXY),
    ("NameResolutionError", Cause.NO_SUCH_HOST),
    ("Failed to resolve", Cause.NO_SUCH_HOST),
    ("imed out", Cause.SLOW),
    ("onnection aborted", Cause.CUT),
    ("establish a new connection", Cause.CUT),
)


class Refusal(KmMaturityError):
    """Graph answered `operation` with a `status` of 400 or more, and `code` to say why.

    `request_id` is what Microsoft's support asks for. `waits` counts how often the service asked for patience,
    `waited` for how many seconds in all, and `retry_after` is how long it asks to be left alone from now on.
    """

    def __init__(
        self,
        operation: str,
        status: int,
        code: str,
        *,
        request_id: str | None = None,
        waits: int = 0,
        waited: float = 0.0,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(f"Microsoft Graph answered {operation} with {status} {code}")
        self.operation = operation
        self.status = status
        self.code = code
        self.request_id = request_id
        self.waits = waits
        self.waited = waited
        self.retry_after = retry_after

    @property
    def is_temporary(self) -> bool:
        """Whether the same call may be granted later: the service is busy or has a mishap of its own."""
        return self.status in (408, 423, 429, 500, 502, 503, 504, 509)

    @property
    def why(self) -> str:
        """The reason for waiting, where somebody waits."""
        return f"SharePoint answered {self.status}"


class Unanswered(KmMaturityError):
    """`operation` may or may not have been carried out: the connection ended before the answer, or was never made."""

    retry_after = 0.0

    def __init__(self, operation: str, why: str) -> None:
        super().__init__(f"no answer to {operation}: {why}")
        self.operation = operation
        self.why = why


class SignInRefused(KmMaturityError):
    """No token could be had by `way`, a way to sign in, or by a credential that the program gave, which is no way.

    `codes` are those of Microsoft Entra, such as AADSTS7000222; there may be none.
    """

    def __init__(self, told: str, codes: tuple[str, ...] = (), *, way: str | None = None) -> None:
        super().__init__(told)
        self.codes = codes
        self.way = way


def code_in(body: Any) -> str:
    """The code in the body of an error, or nothing."""
    error = body.get("error") if isinstance(body, Mapping) else None
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, str) else ""


def cause_in(text: str) -> Cause | None:
    """What keeps the network from answering, where `text`, the words of a library beneath, says so."""
    return next((cause for sign, cause in _SIGNS if sign in text), None)
