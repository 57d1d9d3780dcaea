"""Microsoft Graph and Entra of our own, over TLS, for tests: stateful, with faults on demand, every call checked."""

from fake_graph.server import FakeGraph

__all__ = ["FakeGraph"]
