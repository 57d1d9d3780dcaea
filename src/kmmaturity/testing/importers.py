"""The contract of importers: subclass `ImporterContract` with two fixtures, and every promise of one is tested.

class TestOurImporter(ImporterContract):
    @pytest.fixture
    def importer(self):
        return OUR_IMPORTER

    @pytest.fixture
    def sample(self):
        return (HERE / "sample.ours").read_bytes()

The message of each tells what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import strategies as st

from kmmaturity.api import from_dict, report
from kmmaturity.domain.assessment import Assessment
from kmmaturity.errors import CannotRead
from kmmaturity.files.shapes import ASSESSMENT
from kmmaturity.hooks import Exporter, Imported, Importer
from kmmaturity.hooks.fitness import misread
from kmmaturity.testing.given import Given, choices
from kmmaturity.testing.strategies import assessments, texts
from kmmaturity.testing.watching import asking

__all__ = ["ImporterContract"]

NO_SUCH_FORMAT = (
    b"",
    b"\x00",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf",
    b"not, this\n",
    b"{}",
    b"<html></html>",
    b"PK\x03\x04",
)


class ImporterContract(Given):
    """What every importer promises. Override the fixtures `importer` and `sample`.

    Where an exporter writes what the importer reads, override `exporter` too: then what was exported comes back.
    """

    @pytest.fixture
    def importer(self) -> Importer:
        """The importer to be tested."""
        raise NotImplementedError("override the fixture `importer`: return your Importer")

    @pytest.fixture
    def sample(self) -> bytes:
        """A file that the importer reads, with everything in it that it understands."""
        raise NotImplementedError("override the fixture `sample`: return the bytes of a file that yours reads")

    @pytest.fixture
    def exporter(self) -> Exporter | None:
        """The exporter whose files the importer reads, if there is one."""
        return None

    def drawn(self) -> st.SearchStrategy[Assessment]:
        """What is exported and imported again; override it where the format cannot hold everything."""
        return assessments()

    def read(self, importer: Importer, data: bytes) -> tuple[Imported, ...]:
        """What the importer understands of `data`."""
        found = tuple(importer.read(data))
        told = [reason for each in found for reason in misread(each)]
        assert not told, "; ".join(dict.fromkeys(told))
        return found

    def read_or_refused(self, importer: Importer, data: bytes) -> tuple[Imported, ...]:
        """What the importer understands of `data`; nothing where it says in words that it is no such format."""
        try:
            return self.read(importer, data)
        except CannotRead as error:
            told = str(error)
            assert len(told.split()) >= 3, f"CannotRead says {told!r}: say what is wrong, where, and what to do"
            return ()
        except Exception as error:
            raise AssertionError(
                f"read() of {data[:80]!r} raised {type(error).__name__}: {error}. Raise CannotRead instead, and say in "
                "words what is wrong with the file and where"
            ) from error

    def test_can_be_chosen(self, importer: Importer) -> None:
        """Its name, file endings and summary can be typed, found and read, and are nobody else's."""
        self.is_named(importer.name)
        self.is_told(importer.summary)
        self.is_taken("kmmaturity_importers", importer)

    def test_reads_the_sample(self, importer: Importer, sample: bytes) -> None:
        """The sample gives at least one assessment, in the long form that every check of a file is passed by."""
        found = self.read(importer, sample)
        assert found, "read() gave nothing from the sample"
        for each in found:
            try:
                from_dict(each.data)
            except CannotRead as error:
                raise AssertionError(
                    f"what was read is not what a JSON file holds, see `kmmaturity.to_dict`: {error}"
                ) from error

    def test_says_where_each_part_came_from(self, importer: Importer, sample: bytes) -> None:
        """Places are of parts of a file, and say where in a few words, such as `cell L4`."""
        for each in self.read(importer, sample):
            for pointer, place in each.places.items():
                assert next(iter(pointer), None) in ASSESSMENT.fields, (
                    f"places tells where {pointer} came from, and no file has that: begin with a key of the data"
                )
                assert place.strip(), f"the place of {pointer} is empty: say where it is, such as `cell L4`"
                assert place.isprintable(), f"the place of {pointer} is more than one line: {place!r}"
            for told in each.left:
                assert len(told.split()) >= 3, f"left tells {told!r}: say in a sentence what was not taken over"

    def test_depends_on_the_bytes_alone(self, importer: Importer, sample: bytes) -> None:
        """The same bytes give the same data: no date of today slips in where the file has none."""
        with asking() as asked:
            first = self.read(importer, sample)
        assert not asked, (
            f"read() asks {', '.join(sorted(asked))}: next week it would read something else from the same file. What "
            "the file does not say is left out of the data, and the check tells what is missing"
        )
        again = self.read(importer, sample)
        assert [each.data for each in again] == [each.data for each in first], "read() gave others the second time"

    @pytest.mark.parametrize("data", NO_SUCH_FORMAT)
    def test_what_is_no_such_format_is_refused(self, importer: Importer, data: bytes) -> None:
        """Bytes of something else are refused by CannotRead, in words."""
        assert not self.read_or_refused(importer, data), f"read() understood {data!r}, which is no file of this format"

    def test_any_bytes_are_read_or_refused(self, importer: Importer, sample: bytes) -> None:
        """Any bytes, and any change to the sample, are read or refused, and nothing else ever happens."""

        def holds(data: bytes) -> None:
            for each in self.read_or_refused(importer, data):
                try:
                    from_dict(each.data)
                except CannotRead:
                    pass  # the checks say what is wrong in it, as they do for any other file
                except Exception as error:
                    raise AssertionError(
                        f"what read() gave for {data[:80]!r} cannot even be checked: {type(error).__name__}: {error}"
                    ) from error

        self.for_each(changed(sample), holds, times=5)

    def test_what_was_exported_comes_back(self, importer: Importer, exporter: Exporter | None) -> None:
        """What an exporter writes is read back to what it would write again, byte for byte."""
        if exporter is None:
            return

        def holds(drawn: tuple[Assessment, Mapping[str, object]]) -> None:
            assessment, options = drawn
            first = exporter.render(report(assessment, redact=()), **options)
            (imported,) = self.read(importer, first)
            back = from_dict(imported.data, model=assessment.model)
            again = exporter.render(report(back, redact=()), **options)
            assert again == first, f"exported, imported and exported again, it differs: {first!r} became {again!r}"
            assert not imported.left, f"of what was exported itself something is left out: {imported.left[0]}"

        self.for_each(st.tuples(self.drawn(), st.sampled_from(choices(exporter.options))), holds)


def changed(sample: bytes) -> st.SearchStrategy[bytes]:
    """Any bytes, any text, and `sample` with a piece cut out of it and something else put in."""
    places = st.integers(0, len(sample))
    pieces = st.one_of(st.binary(max_size=8), texts().map(lambda text: text.encode()), st.just(b""))
    cut = st.builds(lambda a, b, piece: sample[: min(a, b)] + piece + sample[max(a, b) :], places, places, pieces)
    near = st.builds(lambda a, n, piece: sample[:a] + piece + sample[a + n :], places, st.integers(0, 4), pieces)
    return st.one_of(cut, near, near, st.binary(max_size=200), texts().map(lambda text: text.encode()))
