"""Ready-made plans for questions that people have, and what the runs of them say.

rows.py       the decision table's rows as plans, and code to start from
decisions.py  the table, measured
advising.py   own work: profiled, advised, and the advice held against a run
tour.py       five questions for people in front of a screen
minute.py     the one-minute check of a machine
example.py    a run that comes with the lab, to look at before anything was run
"""
