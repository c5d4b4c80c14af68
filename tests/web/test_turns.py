"""Polls wait while something is timed; clicks do not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send

from bench.measure.child.turn import FREE, TIMED, is_timed, taken, tell
from bench.web import TakeTurns, Turns
from bench.web.turns import PATIENCE


class Time:
    """Time that passes when somebody sleeps; something is timed until `free`."""

    def __init__(self, free: float) -> None:
        self.now, self.free = 0.0, free

    def __call__(self) -> float:
        return self.now

    def timed(self) -> bool:
        return self.now < self.free

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def turns(time: Time) -> Turns:
    return Turns(time.timed, time, time.sleep)


def when_each_goes(time: Time, count: int) -> list[float]:
    """The moments at which so many go who come together."""

    async def one(door: Turns) -> float:
        await door.mine()
        return time.now

    async def together() -> list[float]:
        door = turns(time)
        return await asyncio.gather(*(one(door) for _ in range(count)))

    return asyncio.run(together())


def test_nobody_waits_while_nothing_is_timed() -> None:
    assert when_each_goes(Time(free=0.0), 1) == [0.0]


def test_they_go_one_after_the_other_as_soon_as_nothing_is_timed() -> None:
    first, second, third = when_each_goes(Time(free=2.0), 3)
    assert 2.0 <= first < second < third < 2.2


def test_patience_has_an_end() -> None:
    (moment,) = when_each_goes(Time(free=1_000.0), 1)
    assert PATIENCE <= moment < PATIENCE + 0.1


def test_a_trial_that_begins_meanwhile_is_waited_for() -> None:
    class Again(Time):
        def timed(self) -> bool:
            return self.now < 1.0 or 1.03 < self.now < 3.0

    first, second = when_each_goes(Again(free=0.0), 2)
    assert first < 1.1
    assert second >= 3.0


SAID = [b"poll:a 1", b"poll:b", b"poll:a 2", b"click"]


def poll_of(said: bytes) -> str | None:
    kind, _, name = said.decode().partition(":")
    return name[:1] if kind == "poll" else None


def passed_on(time: Time, said: list[bytes], kind: str = "websocket") -> list[bytes]:
    """What an application hears of what a browser says all at once before it leaves."""
    heard: list[bytes] = []

    async def app(_: Scope, receive: Receive, __: Send) -> None:
        while len(heard) < len({poll_of(one) or one for one in said}):
            heard.append((await receive())["bytes"])

    async def talk() -> None:
        coming: asyncio.Queue[Message] = asyncio.Queue()
        for one in said:
            coming.put_nowait({"type": "websocket.receive", "bytes": one})
        await TakeTurns(app, turns(time), poll_of)({"type": kind}, coming.get, unused)
        assert asyncio.all_tasks() == {asyncio.current_task()} or await ended()

    asyncio.run(talk())
    return heard


async def ended() -> bool:
    """Whether what was cancelled ends."""
    await asyncio.sleep(0)
    return asyncio.all_tasks() == {asyncio.current_task()}


async def unused(_: Message) -> None:
    raise AssertionError("nothing is sent")


def test_a_click_overtakes_polls_and_of_polls_alike_the_last_is_passed_on() -> None:
    assert passed_on(Time(free=1.0), SAID) == [b"click", b"poll:a 2", b"poll:b"]


def test_what_is_no_websocket_is_left_alone() -> None:
    said = [b"poll:a", b"poll:b"]
    assert passed_on(Time(free=1_000.0), said, kind="http") == said


def test_who_leaves_is_heard_while_a_poll_of_theirs_is_held() -> None:
    leaving: Message = {"type": "websocket.disconnect"}
    heard: list[Message] = []

    async def app(_: Scope, receive: Receive, __: Send) -> None:
        heard.append(await receive())

    async def talk() -> None:
        says = iter([{"type": "websocket.receive", "bytes": b"poll:a"}, leaving])
        receive: Callable[[], Awaitable[Message]] = lambda: asyncio.sleep(0, next(says))  # noqa: E731
        await TakeTurns(app, turns(Time(free=1_000.0)), poll_of)(
            {"type": "websocket"}, receive, unused
        )
        assert await ended()

    asyncio.run(talk())
    assert heard == [leaving]


def test_the_file_tells_while_something_is_timed_and_no_more_once_it_failed(tmp_path: Path) -> None:
    file = str(tmp_path / "turn")
    assert not is_timed(file)
    with taken(file):
        assert is_timed(file)
    assert not is_timed(file)
    try:
        with taken(file):
            raise RuntimeError
    except RuntimeError:
        assert not is_timed(file)


def test_who_cannot_be_told_is_no_hindrance(tmp_path: Path) -> None:
    for nowhere in ("", str(tmp_path / "missing" / "turn")):
        with taken(nowhere):
            assert not is_timed(nowhere)
    tell(str(tmp_path / "turn"), TIMED)
    tell(str(tmp_path / "turn"), FREE)
    assert not is_timed(str(tmp_path / "turn"))
