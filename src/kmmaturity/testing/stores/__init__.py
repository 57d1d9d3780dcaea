"""The contract of stores: subclass `StoreContract` with one fixture, and every promise of a store is tested.

    class TestOurStore(StoreContract):
        @pytest.fixture
        def make(self, tmp_path):
            return functools.partial(open_at, f"ours:{tmp_path}/store", create=True)

`StoreEndurance` is the same for the long runs: eight processes at once, and fifty writers killed.
"""

from __future__ import annotations

from kmmaturity.testing.stores.keeping import Conflicting, Finding, Keeping
from kmmaturity.testing.stores.machine import Agreeing
from kmmaturity.testing.stores.odd import Odd
from kmmaturity.testing.stores.opened import Make
from kmmaturity.testing.stores.proof import Copying, Forgetting, Proving
from kmmaturity.testing.stores.together import Together

__all__ = ["Make", "StoreContract", "StoreEndurance"]


class StoreContract(Keeping, Conflicting, Finding, Odd, Forgetting, Copying, Proving, Agreeing, Together):
    """What every store promises.

    Override the fixture `make`; the method `corrupt`, if you can; for a store that lives in one process, `shared` and
    `lasting`; and `forgets` for one that has to refuse to forget, because something beneath it keeps what was erased.
    """


class StoreEndurance(Together):
    """Eight processes of two hundred writes each, and fifty kills: a minute or so. Subclass it like `StoreContract`."""

    processes = 8
    writes = 200
    kills = 50
