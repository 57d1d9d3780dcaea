"""What every call goes through on its way out: patience with a busy service, and a log without secrets."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from azure.core.pipeline import PipelineRequest, PipelineResponse
from azure.core.pipeline.policies import HTTPPolicy
from azure.core.rest import HttpRequest, HttpResponse

from kmmaturity_sharepoint.client.refusals import LASTING

__all__ = ["LOGGER", "Logged", "Patience", "Waiting", "asked_to_wait"]

LOGGER = logging.getLogger("kmmaturity_sharepoint")
for _library in ("azure", "msal"):
    # Where nobody has set up logging, what they warn of would be printed beside our own message for it.
    logging.getLogger(_library).addHandler(logging.NullHandler())
BUSY = 429
MISHAPS = (408, 500, 502, 503, 504, 509)
_SECRET = re.compile(r"\?\S+")  # what follows the question mark of an address
_FIRST, _LONGEST = 1.0, 30.0  # seconds between tries where the service does not say


class Patience:
    """How long has been waited since something last came further, and how long is enough.

    What counts as coming further is for the callers to say, by `renew`: an answer alone does not. `told` is called with
    the seconds and the reason before each wait.
    """

    def __init__(
        self, limit: float, sleep: Callable[[float], None], told: Callable[[float, str], None] | None = None
    ) -> None:
        self.limit = limit
        self.waits = 0
        self.waited = 0.0
        self.told = told
        self._sleep = sleep

    def wait(self, asked: float, why: str) -> bool:
        """Wait for as long as was `asked`, or longer the more often; False when that is of no use, or too long."""
        seconds = max(asked, min(_FIRST * 2**self.waits, _LONGEST))
        if why in LASTING or self.waited + seconds > self.limit:
            return False
        LOGGER.info("waiting %.0f s: %s", seconds, why, extra={"seconds": seconds, "waits": self.waits + 1})
        if self.told is not None:
            self.told(seconds, why)
        self._sleep(seconds)
        self.waits += 1
        self.waited += seconds
        return True

    def renew(self) -> None:
        """Something begins, or came further: count anew."""
        self.waits, self.waited = 0, 0.0


def asked_to_wait(headers: Mapping[str, str], now: Callable[[], float] = time.time) -> float:
    """The seconds for which an answer asks to be left alone: the greater of Retry-After and RateLimit-Reset."""
    return max(_seconds(headers.get("Retry-After"), now), _seconds(headers.get("RateLimit-Reset"), now))


def _seconds(value: str | None, now: Callable[[], float]) -> float:
    if value is None:
        return 0.0
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now())
    except ValueError:
        return 0.0  # neither seconds nor a date: as if it were not there


Request = PipelineRequest[HttpRequest]
Response = PipelineResponse[HttpRequest, HttpResponse]


class Waiting(HTTPPolicy[HttpRequest, HttpResponse]):
    """Repeats a call that was turned away, and one that met a mishap where the call says that it is `repeatable`.

    A call that was turned away, 429, was not carried out. After anything else it may have been, and only the caller
    knows what a second one would do.
    """

    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._patience = patience

    def send(self, request: Request) -> Response:
        """The answer to `request`, the first that is not temporary; or the last, when patience is at its end."""
        repeatable = request.context.options.pop("repeatable", False)
        while True:
            response = self.next.send(request)
            status = response.http_response.status_code
            if not (status == BUSY or (repeatable and status in MISHAPS)):
                return response
            why = "SharePoint is busy" if status in (BUSY, 503) else f"SharePoint answered {status}"
            if not self._patience.wait(asked_to_wait(response.http_response.headers), why):
                return response


class Logged(HTTPPolicy[HttpRequest, HttpResponse]):
    """Logs each call by the name of its operation: never its address, headers or body."""

    def send(self, request: Request) -> Response:
        """The answer to `request`."""
        operation = request.context.options.pop("operation")
        started = time.monotonic()
        response = self.next.send(request)
        details: dict[str, Any] = {
            "operation": operation,
            "status": response.http_response.status_code,
            "milliseconds": round((time.monotonic() - started) * 1000),
            "request_id": request.http_request.headers.get("client-request-id"),
        }
        request.context.options["operation"] = operation  # for the next try
        LOGGER.info("%(operation)s: %(status)s in %(milliseconds)s ms, request %(request_id)s", details, extra=details)
        return response


class Unsigned(logging.Filter):
    """Takes out of urllib3's log what makes an address work by itself: everything after the question mark."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record stays."""
        if isinstance(record.args, tuple):
            record.args = tuple(_SECRET.sub("?...", each) if isinstance(each, str) else each for each in record.args)
        return True


logging.getLogger("urllib3.connectionpool").addFilter(Unsigned())
