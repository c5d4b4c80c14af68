"""Programs of experiments: limited and listened to."""

from bench.experiments.programs import run_program, stacks

TELL = "from bench.experiments.programs import tell; "
WAIT = "import threading; threading.Event().wait()"

PRINTED = """Fatal Python error: Aborted

Current thread 0x00007f (most recent call first):
  File "/home/ada/one.py", line 34 in <lambda>
  File "/usr/lib/threading.py", line 982 in run

Thread 0x00007e (most recent call first):
  File "/usr/lib/threading.py", line 1590 in _shutdown

Extension modules: zlib (total: 1)
"""


def test_what_a_program_tells_comes_back_in_order() -> None:
    ended = run_program(f"{TELL}tell(step=1); tell(step=2)", seconds=30)
    assert (ended.code, ended.told) == (0, [{"step": 1}, {"step": 2}])


def test_one_that_takes_too_long_is_killed_and_what_it_told_is_kept() -> None:
    ended = run_program(f"print('{{}}', flush=True); {WAIT}", seconds=2)
    assert (ended.code, ended.told) == (None, [{}])


def test_stacks_are_innermost_first_and_without_folders() -> None:
    assert list(stacks(PRINTED)) == [
        ["one.py line 34 in <lambda>", "threading.py line 982 in run"],
        ["threading.py line 1590 in _shutdown"],
    ]
