"""Measuring: children that do one thing in a fresh interpreter, and the parent that orders them.

    rounds.py ──which contender, when to stop──► trials.py ──► processes/ ──► child/trial.py

rounds.py     which contender when, and when to stop (pure but for its seams)
trials.py     what a trial needs: interpreter, request, server, checks
profiling.py  the same for a profile of own work
processes/    children from the parent's side: started, listened to, limited, ended
child/        what runs in them (standard library alone)
own/          the operator's own work, known by what a child tells of it
host/         what a run is measured on: CPUs, limits, machine, Pythons, cluster
"""
