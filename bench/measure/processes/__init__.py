"""Children from their parent's side: each in a group of its own, limited, and ended whole.

running.py    one child: a request in, events out, limits
listening.py  its channel, what it prints, its death
holding.py    the memory of all that descends from it
groups.py     process groups, tied to this process's life
reaper.py     the process that ends what a dead parent left behind
hostlock.py   one measurement at a time on a host
loopback.py   the lab's own web server; resources.py starts it where it is asked for
frames.py     the operator's own lines in what Python prints
"""
