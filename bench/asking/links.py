"""The Lab's form in a link: every field written out by name, with a version, and read back whole.

    form=1&work=primes&work.limit=200000&way=threads&threads.chunk=many&workers=2
    &interpreter=3.11&precision=quick

`sweep` names what is swept, `over` each of its values. A link that does not say all of it, or says
more, is refused in a sentence: nothing is filled in by half.
"""

from collections.abc import Mapping, Sequence

from bench.asking.picked import Picked, drafted, picked_of
from bench.asking.sweeps import sweepable
from bench.errors import Refused
from bench.executors import find_executor, options_form
from bench.forms import Field, Value, choice_of
from bench.measure.host.cluster import Reach, known_cluster
from bench.measure.host.known import Known, known_interpreters
from bench.plan import Plan
from bench.workloads import find_workload

VERSION = "1"

# A link's fields by name, each with its values as text. None has the name of a filter or choice of
# another page: a browser that comes from there drops those.
Query = Mapping[str, Sequence[str]]

_CUT = "the link may have been cut short"


def query_of(picked: Picked) -> dict[str, list[str]]:
    """The fields of a link that fills the form in like this."""
    query = {"form": [VERSION], "work": [picked.workload]}
    for name, value in picked.parameters.items():
        query[f"work.{name}"] = [str(value)]
    query["way"] = list(picked.executors)
    for executor, options in picked.executors.items():
        for name, value in options.items():
            query[f"{executor}.{name}"] = [str(value)]
    query["workers"] = [str(count) for count in picked.workers]
    query["interpreter"] = list(picked.interpreters)
    query["precision"] = [picked.precision]
    if picked.sweep:
        query["sweep"] = [picked.sweep[0]]
        query["over"] = [str(value) for value in picked.sweep[1]]
    return query


def query_of_plan(plan: Plan) -> dict[str, list[str]] | None:
    """The link that fills the form in with a plan; None if the form cannot say it."""
    picked = picked_of(plan)
    return query_of(picked) if picked and picked.executors else None


def picked_from(
    query: Query, known: Known = known_interpreters, cluster: Reach = known_cluster
) -> Picked:
    """What a link says, checked as a whole plan. Raises Refused."""
    link = _Link(query)
    version = link.one("form")
    if version != VERSION:
        raise Refused(
            "link.form", version, VERSION, "it comes from another version of the lab: pick anew"
        )
    work = find_workload(link.one("work"))
    executors = [find_executor(name) for name in link.several("way")]
    swept = link.one("sweep") if "sweep" in query else ""
    fields = sweepable(work, executors)
    if swept and swept not in fields:
        raise Refused("link.sweep", swept, choice_of(list(fields)))
    # A parameter goes before an option of the same name.
    option = "" if swept in {field.name for field in work.form} else swept
    picked = Picked(
        work.name,
        link.filled(work.form, "work", swept),
        {one.name: link.filled(options_form(one), one.name, option) for one in executors},
        tuple(_whole(text) for text in link.several("workers")),
        tuple(link.several("interpreter")),
        link.one("precision"),
        (swept, _over(link, fields[swept])) if swept else None,
    )
    link.check_nothing_left()
    drafted(picked, known, cluster)
    return picked


class _Link:
    """A link's fields; those that were read are known."""

    def __init__(self, query: Query) -> None:
        self._query, self._known = query, list[str]()

    def several(self, name: str) -> Sequence[str]:
        """The values of a field, each once. Raises Refused if there are none."""
        self._known.append(name)
        values = self._query.get(name, ())
        if not values:
            raise Refused(f"link.{name}", None, "given", _CUT)
        if len(set(values)) < len(values):
            raise Refused(f"link.{name}", ", ".join(values), "values that differ")
        return values

    def one(self, name: str) -> str:
        """The value of a field that has one. Raises Refused."""
        first, *others = self.several(name)
        if others:
            raise Refused(f"link.{name}", ", ".join([first, *others]), "given once")
        return first

    def filled(self, form: Sequence[Field], prefix: str, swept: str) -> dict[str, Value]:
        """The values of a form but the one that is swept, none of them left out. Raises Refused."""
        return {
            field.name: field.read(self.one(f"{prefix}.{field.name}"), f"{prefix}.")
            for field in form
            if field.name != swept
        }

    def check_nothing_left(self) -> None:
        """Raises Refused for a field that was not asked for."""
        for name in self._query:
            if name not in self._known:
                raise Refused("link", name, choice_of(self._known), "leave it out")


def _over(link: _Link, field: Field) -> tuple[Value, ...]:
    return tuple(field.read(text, "link.over.") for text in link.several("over"))


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Refused("link.workers", text, "whole numbers")
    return int(text)
