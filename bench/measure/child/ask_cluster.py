"""The child that asks a Dask scheduler and its workers what they are: one line of JSON.

    python -m bench.measure.child.ask_cluster ADDRESS SECONDS

It ends after so many seconds, whatever it waits for.
"""

import importlib
import json
import signal
import sys
from collections.abc import Mapping
from typing import Any

from bench.digest import code_digest


def asked(address: str, seconds: float) -> dict[str, Any]:
    """The scheduler's versions, and of each worker what it is, as plain data."""
    distributed = importlib.import_module("distributed")
    with distributed.Client(address, timeout=seconds, set_as_default=False) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        versions = client.get_versions()
        codes = client.run(code_digest, on_error="return")
        return {
            "scheduler": _versions(versions["scheduler"], _of_scheduler(client)),
            "workers": [
                {
                    "address": worker,
                    "host": workers[worker]["host"],
                    "threads": workers[worker]["nthreads"],
                    "memory_bytes": workers[worker]["memory_limit"] or None,
                    "versions": _versions(versions["workers"][worker], codes[worker]),
                }
                # One that came or went in between has not answered all three questions.
                for worker in sorted(workers.keys() & versions["workers"].keys() & codes.keys())
            ],
        }


def _of_scheduler(client: Any) -> object:
    """The scheduler's digest of the lab's code, or what kept it from telling: it has no code."""
    try:
        return client.run_on_scheduler(code_digest)
    except Exception as error:  # noqa: BLE001  whatever it raised there comes back as itself
        return error


def _versions(told: Mapping[str, Any], code: object) -> dict[str, str]:
    """Versions of what both sides need; of the lab, whether its code is that of here."""
    packages = told["packages"]
    have = "missing" if isinstance(code, Exception) else "other"
    return {
        "python": ".".join(str(told["host"]["python"]).split(".")[:3]),
        "dask": str(packages["dask"]),
        "distributed": str(packages["distributed"]),
        "lab": "same" if code == code_digest() else have,
    }


if __name__ == "__main__":
    limit = int(sys.argv[2])
    signal.alarm(limit)
    sys.stdout.write(json.dumps(asked(sys.argv[1], limit)) + "\n")
