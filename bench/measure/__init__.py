"""Measuring: the child that times one contender, and the parent that orders and limits it.

rounds.py   which contender when, when to stop          (pure but for its seams)
trials.py   what a trial needs: request, server, checks
child.py    one child process: start, listen, limit, end
trial.py    the child itself (standard library only)
reaper.py   kills what a dead parent left behind
"""
