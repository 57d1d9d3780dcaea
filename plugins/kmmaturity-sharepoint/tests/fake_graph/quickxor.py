"""The hash by which SharePoint and its clients compare files: learn.microsoft.com/onedrive/developer/code-snippets."""

from __future__ import annotations

from base64 import b64encode

__all__ = ["quick_xor"]

_WIDTH, _SHIFT = 160, 11


def quick_xor(data: bytes) -> str:
    """The QuickXorHash of `data`, in base64."""
    whole = (1 << _WIDTH) - 1
    result = 0
    # Every 160th byte is turned by the same number of bits, so those are combined first.
    for start, mixed in enumerate(_folded(data)):
        turn = (start * _SHIFT) % _WIDTH
        result ^= ((mixed << turn) | (mixed << turn >> _WIDTH)) & whole
    raw = bytearray(result.to_bytes(_WIDTH // 8, "little"))
    for position, byte in enumerate(len(data).to_bytes(8, "little")):
        raw[_WIDTH // 8 - 8 + position] ^= byte
    return b64encode(bytes(raw)).decode()


def _folded(data: bytes) -> bytes:
    """The exclusive or of every 160th byte, by folding the whole in half until 160 are left."""
    value, blocks = int.from_bytes(data, "little"), -(-len(data) // _WIDTH)
    while blocks > 1:
        half = (blocks + 1) // 2
        value = (value & ((1 << half * _WIDTH * 8) - 1)) ^ (value >> half * _WIDTH * 8)
        blocks = half
    return value.to_bytes(_WIDTH, "little")
