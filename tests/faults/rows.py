"""What the lab survives, and the tests that show it.

After each: a plain sentence where the user looks, finished rounds kept, the next run works, and no
process, shared memory or temporary file is left (`temporary` in conftest.py sees to the last for
every test of this room).

killed           the trial, a worker of its pool, the service, a whole app; whoever measures, at any
                 moment; whatever a parent started ends with it
a closed tab     stops nothing
work             hangs, ignores signals, forks, prints without end, eats memory, raises in a worker,
                 gives back what cannot be pickled, leaves by os._exit
the disk         is full
the database     is held by somebody else, damaged, or written by a newer lab
two apps         on one data folder
the machine      is short of processes or of file descriptors
"""

_ENDED = "test_a_service_that_ends_in_a_trial_leaves_no_process_and_the_next_one_goes_on"
_DEEDS = "test_what_work_does_in_a_worker_is_said_of_its_contender_and_the_next_run_works"
_APPS = "test_kill_9_of_an_app_ends_its_run_with_all_its_processes_and_the_other_app_goes_on"
_SHORT = "test_a_machine_short_of_something_ends_the_run_in_a_sentence_and_the_next_one_works"
_MOMENT = "test_killed_at_any_moment_no_outcome_is_lost_and_the_next_run_works"
_WORKER = "test_a_worker_that_is_killed_is_said_of_its_contender_and_the_rest_goes_on"

# Each row with its tests: the file below tests/, and the function in it.
ROWS = {
    "trial killed": [
        ("faults/test_killed.py", "test_a_killed_trial_is_a_failure_and_the_run_goes_on")
    ],
    "pool worker killed": [("faults/test_work.py", _WORKER)],
    "service killed": [("faults/test_killed.py", _ENDED), ("faults/test_any_moment.py", _MOMENT)],
    "app killed": [("faults/test_apps.py", _APPS)],
    "parent of anything killed": [
        ("measure/processes/test_reaper.py", "test_kill_9_of_a_parent_leaves_nothing_of_its_child"),
        ("measure/processes/test_reaper.py", "test_kill_9_of_a_parent_leaves_no_shared_memory"),
    ],
    "tab closed": [("browser/test_app.py", "test_a_closed_tab_stops_nothing")],
    "work hangs": [("faults/test_work.py", _DEEDS)],
    "work ignores SIGTERM": [("faults/test_work.py", _DEEDS)],
    "work forks": [
        ("faults/test_work.py", "test_work_that_forks_is_measured_and_what_it_forked_is_ended")
    ],
    "work prints without end": [("faults/test_work.py", _DEEDS)],
    "work eats memory": [("faults/test_work.py", _DEEDS)],
    "work raises in a worker": [("faults/test_work.py", _DEEDS)],
    "work returns what cannot be pickled": [("faults/test_work.py", _DEEDS)],
    "work calls os._exit": [("faults/test_work.py", _DEEDS)],
    "disk full": [
        (
            "faults/test_disk.py",
            "test_a_full_disk_ends_the_run_in_a_sentence_and_with_room_again_the_next_one_works",
        )
    ],
    "database locked for a while": [
        (
            "faults/test_database.py",
            "test_while_somebody_else_writes_a_run_waits_and_goes_on",
        ),
        (
            "faults/test_database.py",
            "test_if_it_takes_too_long_the_run_ends_in_a_sentence_and_the_next_one_goes_on",
        ),
    ],
    "database damaged": [
        ("faults/test_database.py", "test_a_damaged_database_is_said_to_be_and_left_as_it_is")
    ],
    "database of a newer version": [
        ("faults/test_database.py", "test_a_database_of_a_newer_lab_is_left_as_it_is")
    ],
    "two apps on one data folder": [("faults/test_apps.py", _APPS)],
    "short of processes": [("faults/test_shortage.py", _SHORT)],
    "short of file descriptors": [("faults/test_shortage.py", _SHORT)],
}
