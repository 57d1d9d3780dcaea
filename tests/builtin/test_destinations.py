"""The destinations that ship: files on a disk, by a plain path or a file: address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kmmaturity.builtin.destinations import DESTINATIONS
from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks import Delivery, Destination, File
from kmmaturity.testing import DestinationContract

(LOCAL,) = DESTINATIONS


class TestPath(DestinationContract):
    """A file by its path keeps the contract that a stranger's destination has to keep."""

    ours = True

    @pytest.fixture
    def destination(self) -> Destination:
        """Files on a disk."""
        return LOCAL

    @pytest.fixture
    def address(self, tmp_path: Path) -> Callable[[str], str]:
        """A path in a folder of its own."""
        return lambda name: str(tmp_path / name)

    def there(self, destination: Destination, address: str) -> bytes | None:
        """The bytes of the file, where there is one; nothing else may be left in its folder."""
        left = [each.name for each in Path(address).parent.iterdir() if each.name.startswith(".")]
        assert not left, f"unfinished files are left: {left}"
        return Path(address).read_bytes() if Path(address).exists() else None


class TestAddress(TestPath):
    """So does a file by a file: address."""

    @pytest.fixture
    def address(self, tmp_path: Path) -> Callable[[str], str]:
        """The address of a file in a folder of its own."""
        return lambda name: (tmp_path / name).as_uri()

    def there(self, destination: Destination, address: str) -> bytes | None:
        """The bytes of the file, where there is one."""
        from urllib.parse import urlsplit
        from urllib.request import url2pathname

        return super().there(destination, url2pathname(urlsplit(address).path))


@pytest.mark.parametrize("target", ["file://server/share/team.csv", "file:"])
def test_another_machine(target: str) -> None:
    """An address that names another machine, or no file, is refused with how to write one."""
    with pytest.raises(KmMaturityError, match="names no file on this machine: write file:///folder/name"):
        list(LOCAL.deliver(Delivery(target, [File(target, (b"",))])))
