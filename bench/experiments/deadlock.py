"""Deadlock: threads that wait for each other's locks, and a lock that fork copied while held."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from bench.experiments import Event, Facts, Judgement, Steps, experiment
from bench.experiments.picture import Picture
from bench.experiments.programs import Ended, run_program, stacks, tell
from bench.forms import Between

# After how long a program that still waits is taken to wait for ever, in seconds.
PATIENCE = 1.0

# How long a thread that may be in a deadlock tries before it gives way, in seconds.
TRY = 0.2


class Account:
    """Money behind a lock, as the textbooks have it."""

    def __init__(self, name: str) -> None:
        self.name, self.money, self.lock = name, 100, threading.Lock()


def opposite_order(mine: Account, other: Account, meet: threading.Barrier) -> None:
    with mine.lock:
        meet.wait()  # both now hold their first lock: the rest is certain
        with other.lock:
            mine.money, other.money = mine.money - 1, other.money + 1


def one_order(mine: Account, other: Account) -> None:
    first, second = sorted([mine, other], key=lambda account: account.name)
    with first.lock, second.lock:
        mine.money, other.money = mine.money - 1, other.money + 1


def hang() -> None:
    """Two threads transfer money both ways, each taking its own lock first: for ever."""
    import faulthandler

    a, b, meet = Account("A"), Account("B"), threading.Barrier(2)
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    for name, mine, other in (("one", a, b), ("two", b, a)):
        tell(thread=name, holds=mine.name, wants=other.name)
        threading.Thread(target=opposite_order, args=(mine, other, meet), name=name).start()


def fork_while_held() -> None:
    """A thread holds a lock while the process forks; the child asks for its copy."""
    lock, held, done = threading.Lock(), threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()
            done.wait()

    threading.Thread(target=hold).start()
    held.wait()
    child = os.fork()
    if child == 0:
        # Without a limit it would wait for ever: the thread that holds the lock is not here.
        os._exit(0 if lock.acquire(timeout=PATIENCE / 2) else 1)
    _, status = os.waitpid(child, 0)
    done.set()
    tell(blocked=os.waitstatus_to_exitcode(status) == 1)


def unlucky(tries: int, pause: float) -> int:
    """How many of so many tries end in a deadlock if nothing makes it certain."""
    count = 0
    for _ in range(tries):
        a, b, stuck = threading.Lock(), threading.Lock(), threading.Event()
        start = threading.Barrier(2)

        def transfer(
            first: threading.Lock,
            second: threading.Lock,
            start: threading.Barrier = start,
            stuck: threading.Event = stuck,
        ) -> None:
            start.wait()
            with first:
                if pause:
                    time.sleep(pause)
                if second.acquire(timeout=TRY):
                    second.release()
                else:
                    stuck.set()

        team = [threading.Thread(target=transfer, args=pair) for pair in ((a, b), (b, a))]
        for thread in team:
            thread.start()
        for thread in team:
            thread.join()
        count += stuck.is_set()
    return count


def ordered(transfers: int) -> bool:
    """Whether two threads that take the locks in one order finish, with no money lost."""
    a, b = Account("A"), Account("B")

    def transfer(mine: Account, other: Account) -> None:
        for _ in range(transfers):
            one_order(mine, other)

    team = [threading.Thread(target=transfer, args=pair, daemon=True) for pair in ((a, b), (b, a))]
    for thread in team:
        thread.start()
    for thread in team:
        thread.join(10 * PATIENCE)
    return not any(thread.is_alive() for thread in team) and a.money == b.money == 100


def stacks_of(printed: str) -> Iterator[list[str]]:
    """Where each blocked thread stands, innermost first, from what faulthandler prints."""
    for stack in stacks(printed):
        if any(frame.endswith(f" in {opposite_order.__name__}") for frame in stack):
            yield stack


def _program(function: str) -> Ended:
    source = f"from bench.experiments.deadlock import {function}; {function}()"
    return run_program(source, seconds=5 * PATIENCE)


def judge(facts: Facts) -> Judgement:
    """Whether opposite order deadlocks and one order does not."""
    tries = facts["tries"]
    by_chance = (
        f"Left to chance, {facts['unlucky_without_pause']} of {tries} tries ended so without a "
        f"pause between the two locks, and {facts['unlucky_with_pause']} of {tries} with one: it "
        "is a matter of timing, which tests seldom hit."
    )
    if facts["hung"] and facts["ordered_finished"]:
        return Judgement(
            "holds here",
            "Each thread held the lock that the other one wanted, and nothing ended it but the "
            f"deadline. Taking the locks in one order everywhere finished, every time. {by_chance}",
        )
    if not facts["hung"]:
        return Judgement(
            "does not hold here", f"Opposite order came to an end by itself. {by_chance}"
        )
    return Judgement("not resolved here", "Even one order for both locks did not finish in time.")


def picture(facts: Facts, events: Sequence[Event]) -> Picture:
    """Who holds what and waits for whom."""
    rows: list[dict[str, Any]] = []
    for event in events:
        if "thread" in event:
            lane = f"thread {event['thread']}"
            rows += [
                _bar(lane, 0.0, facts["hung_s"], f"holds {event['holds']}", "neutral"),
                _bar(f"{lane} waits", 0.05, facts["hung_s"], f"for {event['wants']}", "bad"),
            ]
    rows.append(_bar("one order", 0.0, facts["ordered_s"], "finished", "good"))
    circle = " → ".join(f"thread {step}" for step in facts["circle"])
    return Picture(
        "spans",
        "Who waits for whom",
        f"{circle}: a circle, so nobody goes on." if circle else "Nobody waits for ever.",
        rows,
        x="seconds",
        marks=[(facts["hung_s"], "deadline")] if facts["hung"] else [],
    )


def _bar(lane: str, start: float, end: float, text: str, tone: str) -> dict[str, Any]:
    return {"lane": lane, "start": start, "end": max(end, start), "text": text, "tone": tone}


@experiment(
    "pitfalls",
    belief="Two threads that take the same two locks in opposite order can wait for ever.",
    listings=(("Bad", opposite_order), ("Good", one_order)),
    judge=judge,
    picture=picture,
    seconds=7.0,
)
def deadlock(
    tries: Annotated[int, Between(1, 50), "Tries that are left to chance, of each kind."] = 10,
) -> Steps:
    """Deadlock

    Each thread holds a lock and waits for the one that the other holds. Nothing in Python notices.
    A lock that is held while a process forks is one, too: its copy in the child has no owner.
    """
    began = time.perf_counter()
    hung = _program("hang")
    hung_s = time.perf_counter() - began
    waits = hung.told
    yield from waits
    # faulthandler ends the program with 1 once it has waited; by itself it would end with 0.
    is_hung = hung.code != 0
    stacks = list(stacks_of(hung.err))
    yield {"variant": "opposite order", "hung": is_hung, "stacks": stacks}
    began = time.perf_counter()
    finished = ordered(10_000)
    ordered_s = time.perf_counter() - began
    yield {"variant": "one order", "finished": finished}
    by_chance = {pause: unlucky(tries, pause) for pause in (0.0, 0.01)}
    yield {"variant": "by chance", "tries": tries, "deadlocks": list(by_chance.values())}
    forked = next(iter(_program("fork_while_held").told), {"blocked": None})
    yield {"variant": "fork while held", **forked}
    return {
        "hung": is_hung,
        "hung_s": hung_s,
        "blocked_at": [stack[0] for stack in stacks],
        "circle": [wait["thread"] for wait in [*waits, *waits[:1]]] if is_hung else [],
        "ordered_finished": finished,
        "ordered_s": ordered_s,
        "tries": tries,
        "unlucky_without_pause": by_chance[0.0],
        "unlucky_with_pause": by_chance[0.01],
        "fork_child_blocked": forked["blocked"],
    }
