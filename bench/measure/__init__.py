"""Measuring: the child that times one contender, and the parent that orders and limits it.

- rounds.py: which contender when, when to stop (pure but for its seams)
- trials.py: what a trial needs: interpreter, request, server, checks
- child.py: one child process: started, listened to, limited
- trial.py: the child itself (standard library only); answering.py, building.py: its parts
- own.py: the operator's own work, described by a child (describe.py); sources.py, descriptions.py
- owned.py, state.py, sending.py: what a trial's child does about own work, and for errors
- frames.py: the operator's own lines in what Python prints
- groups.py: process groups, tied to this process's life and ended whole
- reaper.py: the process that kills what a dead parent left behind
- loopback.py: the lab's own web server; resources.py: starts it where it is asked for
- hostlock.py: one measurement at a time on a host
- cpus.py, environment.py: what a run is measured on; machine/: all that is known of it
- cgroups.py, told.py: limits and facts in the system's small files
- interpreters.py, known.py, build.py: the Pythons on this machine
- cluster.py, ask_cluster.py: the Dask cluster that the operator names
"""
