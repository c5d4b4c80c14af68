"""What real children write where: floods on their output, garbage on their channel."""

import pytest

from bench.measure.processes.listening import MOST_EVENT, OUTPUT_KEPT
from tests.measure.children import Children


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_megabytes_of_output_do_not_disturb_an_event_and_their_end_is_kept(
    children: Children, stream: str
) -> None:
    ended = children.run(
        f'for _ in range(300): sys.{stream}.write("x" * 9_999 + "\\n")\n'
        f'sys.{stream}.write("the end\\n"); sys.{stream}.flush()\n'
        "tell(GOOD)"
    )
    assert ended.event
    assert len(ended.output) <= OUTPUT_KEPT


def test_the_last_of_what_a_dying_child_printed_is_kept(children: Children) -> None:
    ended = children.run('print("x" * 3_000_000)\nprint("the end", flush=True)\nos._exit(1)')
    assert len(ended.output) == OUTPUT_KEPT
    assert ended.output.endswith("x\nthe end\n")


def test_a_child_that_prints_for_ever_is_ended_at_its_deadline(children: Children) -> None:
    ended = children.run(
        'for _ in range(100_000): print("again and again")\n'
        'note(1)\nwhile True: print("again and again")',
        late=children.has_noted,
    )
    assert ended.code == "deadline"
    assert len(ended.output) == OUTPUT_KEPT


def test_what_is_printed_is_kept_without_control_codes(children: Children) -> None:
    ended = children.run(
        'sys.stdout.buffer.write(b"\\x1b[2Jred\\x00\\xff\\n"); sys.stdout.flush()\nos._exit(0)'
    )
    assert ended.output == "?[2Jred?\N{REPLACEMENT CHARACTER}\n"


@pytest.mark.parametrize(
    "garbage",
    [
        'b"not json\\n"',
        'b"\\x00\\xff\\xfe\\x80\\n"',
        'b"\\n"',
        'b"[1, 2]\\n"',
        'b"null\\n"',
        "b'\"sample\"\\n'",
        'b"{}\\n"',
        'b\'{"event": "party"}\\n\'',
        'b\'{"event": ["sample"]}\\n\'',
        "b'[' * 100_000 + b'\\n'",
    ],
)
def test_garbage_on_the_channel_is_called_garbage(children: Children, garbage: str) -> None:
    ended = children.run(f"os.write(channel, {garbage})")
    assert (ended.event, ended.code) == (None, "garbage")
    assert ended.message == "Its channel held something that is no event."


def test_a_line_longer_than_any_event_is_garbage_before_it_ends(children: Children) -> None:
    ended = children.run(
        f"left = {4 * MOST_EVENT}\n"
        'while left > 0: left -= os.write(channel, b"x" * 65_536)\n'
        "time.sleep(600)"
    )
    assert ended.code == "garbage"


def test_half_an_event_before_death_is_no_event(children: Children) -> None:
    ended = children.run('os.write(channel, b\'{"event": "sample"\')\nos._exit(4)')
    assert (ended.event, ended.code) == (None, "silent")


def test_an_event_in_two_halves_is_an_event(children: Children) -> None:
    ended = children.run("os.write(channel, b'{\"event\": ')\nos.write(channel, b'\"sample\"}\\n')")
    assert ended.event == {"event": "sample"}


def test_an_event_counts_though_the_child_is_killed_right_after(children: Children) -> None:
    ended = children.run("tell(GOOD)\nos.kill(os.getpid(), signal.SIGKILL)")
    assert ended.event
