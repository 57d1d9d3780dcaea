"""Reading: the gate first, and the diagnosis of everything at once when it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.model import MaturityModel
from kmmaturity.domain.rules.file import NEWER_FORMAT
from kmmaturity.domain.rules.fit import MODEL_DIFFERS, MODEL_NOT_FOUND
from kmmaturity.domain.rules.structure import UNKNOWN_FIELD
from kmmaturity.errors import KmMaturityError
from kmmaturity.files import gate
from kmmaturity.files.builder import build_assessment, build_model
from kmmaturity.files.document import Document
from kmmaturity.files.shapes import ASSESSMENT, FORMAT, MODEL, Record
from kmmaturity.files.source import Syntax

__all__ = ["Reading", "Resolve", "placed", "read_assessment", "read_data", "read_model"]

Read = TypeVar("Read", Assessment, MaturityModel)
Resolve = Callable[[str], MaturityModel]  # from `id@version`; raises KmMaturityError; asked more than once

ROOT = Pointer()


@frozen(eq=False)
class Reading(Generic[Read]):
    """What reading gave. `value` is there only when it says all that the file does.

    `findings` are those of reading alone, not yet placed where they carry a pointer. `fits` is a quick yes: every name
    and level is known to be the model's. `pinned` is the model that the file names. `mend` makes `rest`.
    """

    value: Read | None = None
    findings: tuple[Finding, ...] = ()
    fits: bool = False
    pinned: str | None = None
    mend: Callable[[], Read | None] = lambda: None

    @cached_property
    def rest(self) -> Read | None:
        """The file with its broken parts mended, for judging the others; None when it is past mending.

        What is said of the mended ones is not to be believed, see `believed`.
        """
        return self.mend()

    def believed(self, judged: Iterable[Finding]) -> Iterator[Finding]:
        """Those of the findings on `rest` that are not about a part which reading found broken."""
        broken = {_item(each.pointer) for each in self.findings if each.pointer and each.severity is Severity.ERROR}
        return (each for each in judged if not any(each.pointer[: len(spot)] == spot for spot in broken))


def _item(pointer: Pointer) -> Pointer:
    """The list item or the target that `pointer` leads into, or the pointer itself."""
    if pointer[:1] == ("scores",) and pointer[2:3] == ("target",):
        return Pointer(pointer[:3])
    positions = [index for index, step in enumerate(pointer) if isinstance(step, int)]
    return Pointer(pointer[: positions[-1] + 1]) if positions else pointer


def read_assessment(document: Document, resolve: Resolve, *, origin: str | None = None) -> Reading[Assessment]:
    """The assessment in `document`, read with the model that `resolve` finds for the one it names."""
    found, findings, data = _accepted(document, ASSESSMENT, "kmmaturity", resolve)
    if found is None:
        return Reading(findings=findings) if data is None else _diagnosed(data, findings, resolve, document.syntax)
    return _with_model(found, findings, resolve, origin, document.syntax)


def read_data(data: Any, resolve: Resolve) -> Reading[Assessment]:
    """The assessment in plain data, as JSON has it."""
    found = _taken(gate.accept_data, data, ASSESSMENT, "kmmaturity", _likely(_pin(data), resolve))
    if found is None:
        return _diagnosed(data, (), resolve, "json")
    return _with_model(found, (), resolve, None, "json")


def read_model(document: Document) -> Reading[MaturityModel]:
    """The model in `document`."""
    found, findings, data = _accepted(document, MODEL, "kmmodel")
    if found is not None:
        return Reading(build_model(found), findings)
    if data is None:
        return Reading(findings=findings)
    from kmmaturity.files import diagnosis  # cattrs costs 60 ms, and good files have no need of it

    wrong = diagnosis.wrong(data, MODEL, "kmmodel", document.syntax)
    return Reading(findings=(*findings, *wrong), mend=lambda: diagnosis.rest(data, wrong, MODEL, build_model))


def _accepted(
    document: Document, record: Record, version: str, resolve: Resolve | None = None
) -> tuple[Any, tuple[Finding, ...], Any]:
    """The mirror, or the plain data to diagnose, or neither; and what was found on the way.

    Whatever fits the model that `resolve` finds is known to fit it, see `gate.fits`.
    """
    if trouble := document.trouble():
        return None, (trouble,), None
    if document.syntax == "json":
        found = _taken(gate.accept_json, document.body, record, version, _likely(document.model, resolve))
        if found is not None:
            return found, (), None
    if trouble := document.wrong_bytes():
        return None, (trouble,), None
    if document.syntax == "json":
        from kmmaturity.files import json_text  # the slow path only

        data, findings = json_text.parse(document.source, record)
    else:
        from kmmaturity.files import yaml_events  # costs 10 ms, and JSON has no need of it

        data, findings = yaml_events.parse(document.source, record)
    if data is None:
        return None, findings, None
    if not any(each.severity is Severity.ERROR for each in findings):
        found = _taken(gate.accept_data, data, record, version, _likely(_pin(data), resolve))
        if found is not None:
            return found, findings, None
    return None, findings, data


def _taken(accept: Any, given: Any, record: Record, version: str, model: MaturityModel | None) -> Any:
    """The mirror of what is given, with the names and levels of `model` if they fit; None where it is refused."""
    found = None if model is None else accept(given, record, model)
    if found is None:
        found = accept(given, record)
    return found if found is not None and getattr(found, version) == FORMAT else None


def _pin(data: Any) -> Any:
    return data.get("model") if isinstance(data, dict) else None


def _likely(pin: object, resolve: Resolve | None) -> MaturityModel | None:
    """The model that `pin` means, if it means one; why not is told later."""
    try:
        return resolve(pin) if resolve is not None and isinstance(pin, str) else None
    except KmMaturityError:
        return None


def _with_model(
    found: Any, findings: tuple[Finding, ...], resolve: Resolve, origin: str | None, syntax: Syntax
) -> Reading[Assessment]:
    model, trouble = _resolved(found.model, found.digest, resolve)
    if model is None:
        return Reading(findings=(*findings, *trouble), pinned=found.model)
    try:
        value = build_assessment(found, model, origin)
    except ValueError:
        return _diagnosed(_plain(found), findings, lambda _: model, syntax)
    return Reading(value, (*findings, *trouble), fits=gate.fits(found, model), pinned=found.model)


def _plain(found: Any) -> Any:
    import msgspec  # loaded with the gate

    return msgspec.json.decode(msgspec.json.encode(found))  # what `build` put in for a blank is a list again


def _resolved(pin: str, digest: str | None, resolve: Resolve) -> tuple[MaturityModel | None, tuple[Finding, ...]]:
    """The model named by `pin`, with what there is to say of it."""
    try:
        model = resolve(pin)
    except KmMaturityError as error:
        return None, (MODEL_NOT_FOUND.found(str(error), ROOT / "model"),)
    if pin not in (model.reference, model.id):
        message = f"written against {pin}, read with {model.reference}"
        help = f"See `kmmaturity model diff {pin} {model.reference}`, then write `model: {model.reference}`."
        return model, (MODEL_DIFFERS.found(message, ROOT / "model", help=help),)
    if digest is not None and digest != _digest_of()(model):
        message = f"the wording of {model.reference} is no longer the one that this file was written against"
        help = "Read the questions again beside your answers, then take the line `digest:` away."
        return model, (MODEL_DIFFERS.found(message, ROOT / "digest", help=help),)
    return model, ()


@cache  # an import in a function costs 1.5 µs each time
def _digest_of() -> Callable[[MaturityModel], str]:
    from kmmaturity.files.writing import digest  # hashlib and json, for files that tools wrote

    return digest


def _diagnosed(data: Any, findings: tuple[Finding, ...], resolve: Resolve, syntax: Syntax) -> Reading[Assessment]:
    """Every problem of structure, and the assessment with its broken parts mended so that the others can be judged."""
    from kmmaturity.files import diagnosis, remedies  # cattrs costs 60 ms, and good files have no need of it

    wrong = diagnosis.wrong(data, ASSESSMENT, "kmmaturity", syntax)
    pin = _pin(data)
    if not isinstance(pin, str) or any(each.code == NEWER_FORMAT.code for each in wrong):
        return Reading(findings=(*findings, *wrong))
    digest = data.get("digest")
    model, trouble = _resolved(pin, digest if isinstance(digest, str) else None, resolve)
    if model is None:
        return Reading(findings=(*findings, *wrong, *trouble), pinned=pin)
    told = [remedies.at_level(each, data, model, syntax) for each in (*findings, *wrong)]
    return Reading(
        findings=(*told, *trouble),
        pinned=pin,
        mend=lambda: diagnosis.rest(data, wrong, ASSESSMENT, lambda found: build_assessment(found, model)),
    )


def placed(findings: Iterable[Finding], document: Document) -> tuple[Finding, ...]:
    """The findings with their places in the document, in reading order."""
    every = list(findings)
    wanted = {each.pointer for each in every if each.place is None}
    wanted |= {other.pointer for each in every for other in each.related if other.place is None}
    if not wanted or document.wrong_bytes() is not None:
        return tuple(every)
    from kmmaturity.files.places import locate

    source = document.source
    spots = locate(source, wanted)

    def settle(each: Finding) -> Finding:
        if each.place is None:
            spot = spots[each.pointer]
            span = spot.key if each.on_key and spot.key else spot.value
            each = each.at(source.place(span))
        if each.related and any(other.place is None for other in each.related):
            related = [
                other if other.place else evolve(other, place=source.place(spots[other.pointer].value))
                for other in each.related
            ]
            each = evolve(each, related=related)
        if each.code == UNKNOWN_FIELD.code and source.syntax == "yaml":
            each = _explained(each, spots[each.pointer].key, document)
        return each

    return tuple(sorted(map(settle, every), key=_order))


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.place.line, finding.place.column, finding.code) if finding.place else (0, 0, finding.code)


def _explained(finding: Finding, key: tuple[int, int] | None, document: Document) -> Finding:
    """An unknown field that is the tail of a text cut by a comma inside braces, told as such."""
    from kmmaturity.files.yaml_events import comma_in_flow

    if key is None or not comma_in_flow(document.source, key):
        return finding
    help = "A comma inside {} or [] ends a text: quote the whole text, or write each field on a line of its own."
    return evolve(finding, help=help, instead=None)
