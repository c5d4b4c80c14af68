"""Whether tests notice small changes: all of bench/plan.py, and a sample of bench/analysis.

mutmut makes the changes (mutants) and runs the tests that come through what was changed, those of
`[tool.mutmut]` in pyproject.toml. There are thousands, so a seed draws some of the analysis:

    python -m tests.mutants [HOW_MANY]

`mutmut show NAME` tells what a mutant is; docs/quality.md, what came of it.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.measure.processes.running import ROOT

MUTMUT = Path(sys.executable).with_name("mutmut")
MADE = ROOT / "mutants" / "bench"
PLAN = "bench.plan.*"
SEED, HOW_MANY = 20261122, 300

# What mutmut writes down of a mutant: the exit code of its tests, or a number of its own.
SURVIVED, NO_TESTS = 0, (5, 33)


def outcomes(file: Path) -> dict[str, int | None]:
    """Each mutant of a file, and how its tests ended; None if they were not run."""
    codes: dict[str, int | None] = json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return codes


def of_the_analysis() -> dict[str, int | None]:
    """All mutants of the analysis, in the same order each time."""
    files = sorted((MADE / "analysis").rglob("*.meta"))
    return {name: code for file in files for name, code in sorted(outcomes(file).items())}


def said(codes: Iterable[int | None]) -> str:
    """How many were noticed, and how many not."""
    found = Counter(
        "survived" if code == SURVIVED else "no test" if code in NO_TESTS else "noticed"
        for code in codes
    )
    share = 100 * found["noticed"] / max(1, found.total())
    return f"{share:.1f}% of {found.total()} noticed: {dict(found)}"


def main(how_many: int) -> None:
    """Run both, name what survived, and say how many did."""
    run(PLAN)
    chosen = random.Random(SEED).sample(list(of_the_analysis()), how_many)
    run(*chosen)
    plan, analysis = outcomes(MADE / "plan.py.meta"), of_the_analysis()
    tried = {"plan.py": plan, "analysis": {name: analysis[name] for name in chosen}}
    for found in tried.values():
        for name, code in found.items():
            if code in (SURVIVED, *NO_TESTS):
                sys.stdout.write(f"{name}\n")
    for title, found in tried.items():
        sys.stdout.write(f"{title}: {said(found.values())}\n")


def run(*names: str) -> None:
    subprocess.run([MUTMUT, "run", *names], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else HOW_MANY)
