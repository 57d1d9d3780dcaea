"""What goes wrong on demand: a fault waits for its call, happens so many times, and is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import define

from fake_graph.messages import Request, Response, error

__all__ = ["CUT", "Cut", "Fault", "Faults"]

How = Literal["well", "cut", "lost", "answer", "answer-after"]


class Cut:
    """In place of a response: the connection ends."""


CUT = Cut()


@define
class Fault:
    """One thing that goes wrong with calls of `operation`.

    `well`: it is done and answered, after what `before` does.
    `cut`: the connection ends before anything is done. `lost`: it is done, and the connection ends before the answer.
    `answer`: nothing is done, and `response` is the answer. `answer-after`: it is done, and `response` is the answer.
    """

    operation: str
    how: How
    response: Response | None = None
    times: int = 1
    after: int = 0  # calls that go well first
    before: Callable[[], object] | None = None  # done before the call is, such as by another person

    @classmethod
    def status(
        cls, operation: str, status: int, code: str = "", *, times: int = 1, after: int = 0, **headers: str
    ) -> Fault:
        """The call is answered with an error, and nothing is done."""
        return cls(operation, "answer", error(status, code or "activityLimitReached", **headers), times, after)


class Faults:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        """Let these happen."""
        self.waiting.extend(faults)

    def around(self, operation: str, request: Request, do: Callable[[Request], Response]) -> Response | Cut:
        """What comes of one call."""
        fault = next((each for each in self.waiting if each.operation in (operation, "*")), None)
        if fault is None:
            return do(request)
        if fault.after:
            fault.after -= 1
            return do(request)
        fault.times -= 1
        if not fault.times:
            self.waiting.remove(fault)
        if fault.before is not None:
            fault.before()
        if fault.how == "well":
            return do(request)
        if fault.how in ("lost", "answer-after"):
            do(request)
        return CUT if fault.response is None else fault.response
