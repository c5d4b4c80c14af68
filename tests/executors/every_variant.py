"""A program: run one executor with every value of every option, in an interpreter of its own.

Here forking is safe, as nothing else runs. It prints how many variants were right.
"""

import sys
from itertools import pairwise

from bench.executors import find_executor
from bench.workloads.primes import count_primes
from tests.executors.leftovers import nothing_left
from tests.executors.tasks import fitted, variants


def main(name: str) -> None:
    executor = find_executor(name)
    items = list(pairwise(range(0, 2_000, 50)))
    right = [count_primes(item) for item in items]
    task = fitted(executor, count_primes)
    for options in variants(name):
        with nothing_left(), executor.open(min(2, executor.most), **options) as run:
            for _ in range(2):
                assert list(run(task, items)) == right, options
    sys.stdout.write(f"{len(variants(name))}\n")


if __name__ == "__main__":
    main(sys.argv[1])
