"""The shape of `speedup-lab/1`, as docs/format.md tells it; analysis and warnings are left out:
they are computed anew, from the samples.
"""

from bench.imports.shapes import (
    LARGE,
    boolean,
    count,
    either,
    line,
    listed,
    mapped,
    maybe,
    moment,
    name,
    number,
    one_of,
    printed,
    record,
    seconds,
    time,
    value,
    whole,
)
from bench.plan import PRECISIONS

# More contenders, rounds and samples than any run of this lab has.
CONTENDERS, ROUNDS, SAMPLES = 64, 10_000, 100_000

_MANY = 100_000

_VERSIONS = {
    "python": name,
    "dask": name,
    "distributed": name,
    "lab": one_of("same", "other", "missing"),
}

_CONTENDER = record(
    {
        "name": name,
        "executor": line,
        "workers": whole(1, _MANY),
        "options": mapped(value),
        "interpreter": line,
    },
    {"at": maybe(value)},
)

_NUMBER = either(whole(-LARGE, LARGE), number(-1e18, 1e18))

_SWEEP = record(
    {
        "name": name,
        "of": one_of("parameter", "option"),
        "values": either(listed(_NUMBER, 64, 1), listed(name, 64, 1)),
    }
)

_PLAN = record(
    {
        "workload": name,
        "parameters": mapped(value),
        "contenders": listed(_CONTENDER, CONTENDERS),
        "precision": one_of(*PRECISIONS, ""),
        "budget_s": number(0, 1e7),
        "seed": whole(0, 2**64),
        "rounds": maybe(whole(1, ROUNDS)),
        "interpreters": listed(name, 32),
    },
    {"sweep": maybe(_SWEEP)},
)

_INTERPRETER = record(
    {"label": name},
    {
        "version": name,
        "implementation": line,
        "gil": boolean,
        "compiler": line,
        "build": record({}, dict.fromkeys(("debug", "pgo", "lto"), maybe(boolean))),
    },
)

_CLUSTER = record(
    {
        "address": name,
        "workers": whole(0, _MANY),
        "threads": whole(0, _MANY),
        "scheduler": record(_VERSIONS),
        "nodes": listed(
            record(
                {
                    "host": name,
                    "workers": whole(1, _MANY),
                    "threads": whole(1, _MANY),
                    "memory_bytes": maybe(count),
                    **_VERSIONS,
                }
            ),
            1_000,
        ),
    }
)

ENVIRONMENT = record(
    {},
    {
        "python": _INTERPRETER,
        "interpreters": mapped(_INTERPRETER),
        "cpus": record(
            {},
            {
                "usable": whole(1, _MANY),
                "logical": whole(1, _MANY),
                "affinity": whole(1, _MANY),
                "quota": maybe(number(0.001, _MANY)),
                "model": line,
                "cores": maybe(whole(1, _MANY)),
                "smt": maybe(boolean),
                "governor": maybe(line),
                "turbo": maybe(boolean),
            },
        ),
        "memory_bytes": count,
        "system": record(
            {},
            {
                "name": line,
                "release": line,
                "machine": line,
                "container": maybe(line),
                "virtualisation": maybe(line),
            },
        ),
        "packages": mapped(line),
        "cluster": maybe(_CLUSTER),
        "fingerprint": line,
        "load": maybe(number(0, 1e6)),
        "lab": line,
        "app": maybe(
            record(
                {"nice": whole(-20, 19), "cpus": listed(whole(0, _MANY), _MANY, least=1)},
                {"session_nice": maybe(whole(-20, 19))},
            )
        ),
    },
)

_SAMPLE = record(
    {
        "contender": name,
        "round": whole(1, ROUNDS),
        "order": whole(0, ROUNDS),
        "cold_s": maybe(time),
        "warm_s": time,
        "start_s": maybe(seconds),
        "first_s": maybe(seconds),
        "stop_s": maybe(seconds),
        "repeats": whole(1, 2**53),
        "cpu_user_s": maybe(seconds),
        "cpu_system_s": maybe(seconds),
        "trial_s": maybe(seconds),
        "answer": printed,
    },
    {
        "warm_cpu_s": maybe(seconds),
        "voluntary": maybe(count),
        "involuntary": maybe(count),
        "gil": maybe(boolean),
        "foreign_share": maybe(number(0, 1_000)),
        "steal_share": maybe(number(0, 1_000)),
        "throttled_s": maybe(seconds),
        "swapped_in": maybe(count),
        "again": whole(0, 100),
    },
)

_FAILURE = record(
    {
        "contender": name,
        "round": whole(1, ROUNDS),
        "code": name,
        "message": printed,
        "output": printed,
    }
)


def _span(given: object, where: str) -> list[float | None]:
    shapes = (whole(0, _MANY), whole(0, 9), seconds, seconds, maybe(seconds))
    each: list[object] = listed(lambda one, _: one, len(shapes), len(shapes))(given, where)
    return [
        shape(one, f"{where}[{place}]")
        for place, (shape, one) in enumerate(zip(shapes, each, strict=True))
    ]


_TRACE = record(
    {
        "contender": name,
        "pass_s": time,
        "tasks": whole(1, 2**53),
        "workers": whole(1, _MANY),
        "spans": listed(_span, 10_000),
        "memory_bytes": maybe(count),
        "sent_bytes": maybe(count),
        "received_bytes": maybe(count),
    }
)

RUN = record(
    {
        "state": one_of("done", "stopped", "failed", "interrupted"),
        "error": maybe(printed),
        "created": moment,
        "started": maybe(moment),
        "ended": moment,
        "plan": _PLAN,
        "environment": ENVIRONMENT,
        "samples": listed(_SAMPLE, SAMPLES),
        "failures": listed(_FAILURE, SAMPLES),
        "traces": listed(_TRACE, 4 * CONTENDERS),
    },
    {"imported": maybe(record({"tool": name, "version": line, "at": moment}))},
)
