"""Ways to end the consumers of a queue, and the programs that show how each way ends.

A consumer that waits for an item that never comes waits for ever, and so does join() for an item
that nobody reported done: each way runs as a program of its own, with a limit.
"""

import faulthandler
import json
import queue
import re
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.experiments.programs import run_program

if sys.version_info >= (3, 13):
    from queue import ShutDown
else:

    class ShutDown(Exception):
        """What get() raises once a queue is shut down: from Python 3.13 on."""


Jobs = queue.Queue[Any]
Use = Callable[[Any], object]
Team = Sequence[threading.Thread]

# After how long a join() that still waits is taken to wait for ever, in seconds.
PATIENCE = 1.0

# Whether this Python's queues can be shut down.
CAN_SHUT_DOWN = hasattr(queue.Queue, "shutdown")


def consume_until_none(jobs: Jobs, use: Use) -> None:
    while True:
        item = jobs.get()
        if item is None:  # that was all
            jobs.put(None)  # for the other consumers
            break
        use(item)
        jobs.task_done()


def consume(jobs: Jobs, use: Use) -> None:
    while True:
        item = jobs.get()
        try:
            if item is None:  # my own one
                break
            use(item)
        finally:
            jobs.task_done()  # of the None, too


def consume_until_shut_down(jobs: Jobs, use: Use) -> None:
    while True:
        try:
            item = jobs.get()
        except ShutDown:  # and nothing is left
            break
        try:
            use(item)
        finally:
            jobs.task_done()


def end_with_one_each(jobs: Jobs, producers: Team, consumers: Team) -> None:
    for producer in producers:
        producer.join()  # nothing comes after this
    for _ in consumers:
        jobs.put(None)
    jobs.join()


def produce(jobs: Jobs, items: Iterable[Any]) -> None:
    """Put items into a queue; a full one makes the caller wait."""
    for item in items:
        jobs.put(item)


def produce_and_end(jobs: Jobs, items: Iterable[Any]) -> None:
    """Put items into a queue, and one None after them."""
    produce(jobs, items)
    jobs.put(None)


def running(task: Callable[..., None], *arguments: Any) -> threading.Thread:
    """A thread that runs a task. It does not keep its program from ending."""
    thread = threading.Thread(target=task, args=arguments, daemon=True)
    thread.start()
    return thread


def one_for_all(jobs: Jobs, use: Use, batches: Sequence[range], consumers: int) -> None:
    """One None for all consumers; a second producer begins when they have ended."""
    team = [running(consume_until_none, jobs, use) for _ in range(consumers)]
    running(produce_and_end, jobs, batches[0])
    for consumer in team:
        consumer.join()
    for batch in batches[1:]:
        running(produce_and_end, jobs, batch).join()


def one_each(jobs: Jobs, use: Use, batches: Sequence[range], consumers: int) -> None:
    """A None for each consumer once all producers have ended; the second begins after the first."""
    team = [running(consume, jobs, use) for _ in range(consumers)]
    producers = []
    for batch in batches:
        producers.append(running(produce, jobs, batch))
        producers[-1].join()
    end_with_one_each(jobs, producers, team)


def shut_down(jobs: Any, use: Use, batches: Sequence[range], consumers: int) -> None:
    """A queue that is shut down once all producers have ended."""
    for _ in range(consumers):
        running(consume_until_shut_down, jobs, use)
    for batch in batches:
        running(produce, jobs, batch).join()
    jobs.shutdown()


ENDS: dict[str, Callable[..., None]] = {
    "one None for all": one_for_all,
    "one None each": one_each,
    "shutdown()": shut_down,
}


def end(how: str, producers: str, consumers: str, items: str) -> None:
    """The program: end a queue in one way, say what is left in it, and whether join() returns."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    jobs: Jobs = queue.Queue()
    used: list[int] = []
    each = int(items)
    batches = [range(each * one, each * (one + 1)) for one in range(int(producers))]
    ENDS[how](jobs, used.append, batches, int(consumers))
    if how == "shutdown()":  # there the consumers are still at it
        jobs.join()
    _tell(
        used=len(used),
        nones_left=jobs.queue.count(None),
        items_left=sum(item is not None for item in jobs.queue),
        unfinished=jobs.unfinished_tasks,
    )
    jobs.join()
    _tell(joined=True)


def _tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def ended(how: str, producers: int, consumers: int, items: int) -> dict[str, Any]:
    """How a queue ended: what the program told, and where it was blocked if it did not end."""
    program = "import sys; from bench.experiments.queue_ends import end; end(*sys.argv[1:])"
    arguments = (str(number) for number in (producers, consumers, items))
    run = run_program(program, how, *arguments, seconds=5 * PATIENCE)
    told: dict[str, Any] = {"how": how, "producers": producers, "expected": producers * items}
    told |= dict.fromkeys(("used", "nones_left", "items_left", "unfinished"), 0) | {"joined": False}
    for line in run.out.splitlines():
        told |= json.loads(line)
    return told | {"blocked_at": "" if told["joined"] else blocked_at(run.err)}


def blocked_at(printed: str) -> str:
    """The line of the queue's code at which a program stood, from what faulthandler prints."""
    found = re.search(r'File "[^"]*?(queue\.py)", line (\d+) in (\w+)', printed)
    return f"{found[1]} line {found[2]} in {found[3]}" if found else ""
