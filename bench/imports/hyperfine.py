"""hyperfine's JSON (`hyperfine --export-json`): commands and the seconds of each of their runs.

It tells neither its version nor the machine, and user and system time as means alone.
"""

from typing import Any

from bench.errors import Refused
from bench.imports.lab_shapes import CONTENDERS
from bench.imports.other_tools import Benchmark, run_of
from bench.imports.shapes import LONGEST, listed, maybe, number, printed, record, time, whole
from bench.samples import Imported, Run

_MOST = 100_000

_RESULT = record(
    {"command": printed},
    {
        "times": maybe(listed(number(0, LONGEST), _MOST)),
        "exit_codes": maybe(listed(maybe(whole(-(2**31), 2**31)), _MOST)),
    },
)

_FILE = record({"results": listed(_RESULT, CONTENDERS, 1)})


def hyperfine_run(plain: dict[str, Any], now: float) -> Run:
    """The run that a file of hyperfine's holds. Raises Refused."""
    results = _FILE(plain, "")["results"]
    benchmarks = [_benchmark(one, f"results[{place}]") for place, one in enumerate(results)]
    return run_of(benchmarks, Imported("hyperfine", "", now), {}, None)


def _benchmark(result: dict[str, Any], where: str) -> Benchmark:
    times = result.get("times")
    if not times:
        raise Refused(f"{where}.times", times, "given", "export them with --export-json")
    failed = [code for code in result.get("exit_codes") or () if code != 0]
    if failed:
        told = "a signal" if failed[0] is None else f"exit code {failed[0]}"
        told = f"Its command ended with {told} in {len(failed)} of {len(times)} runs."
        return Benchmark(result["command"], (), (), failure=told)
    for place, seconds in enumerate(times):
        if not seconds:
            # What its shell takes is subtracted, and may be all there was.
            field, remedy = f"{where}.times[{place}]", "measure again without a shell (-N)"
            raise Refused(field, seconds, "more than 0 s", remedy)
        time(seconds, f"{where}.times[{place}]")
    return Benchmark(result["command"], times, [1] * len(times))
