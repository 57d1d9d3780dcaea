"""A mapping that can be part of a frozen value: immutable, hashable, picklable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

__all__ = ["FrozenMap", "freeze", "tupled"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(dict[K, V]):
    """A dict that never changes. Equality ignores order, as a dict's does; iteration keeps it."""

    __slots__ = ()

    def _frozen(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a FrozenMap cannot be changed; make a new one with `with_item` or `|`")

    __setitem__ = __delitem__ = __ior__ = _frozen
    clear = pop = popitem = setdefault = update = _frozen

    def __hash__(self) -> int:  # type: ignore[override]  # a dict is unhashable because it changes; this does not
        return hash(frozenset(self.items()))

    def __or__(self, other: Mapping[K, V]) -> FrozenMap[K, V]:  # type: ignore[override]  # stays frozen
        return FrozenMap({**self, **other})

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return FrozenMap, (dict(self),)

    def __copy__(self) -> FrozenMap[K, V]:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> FrozenMap[K, V]:
        return self

    def with_item(self, key: K, value: V) -> FrozenMap[K, V]:
        """The same mapping with `key` set to `value`: in its old place, or at the end when new."""
        return FrozenMap({**self, key: value})

    def without(self, key: K) -> FrozenMap[K, V]:
        """The same mapping without `key`, which need not be there."""
        return FrozenMap({k: v for k, v in self.items() if k != key})


def freeze(mapping: Any) -> Any:
    """`mapping` as a FrozenMap; one that is frozen already is returned as it is.

    Untyped on purpose, like `tupled`: a generic converter makes type checkers refuse a plain dict in a constructor.
    """
    return mapping if type(mapping) is FrozenMap else FrozenMap(mapping)


def tupled(values: Any) -> Any:
    """`values` as a tuple. Raises TypeError for a lone text, which would fall apart into its letters."""
    if type(values) is tuple:
        return values
    if isinstance(values, str):
        raise TypeError(f"a list is wanted here, not one text: [{values!r}]")
    return tuple(values)
