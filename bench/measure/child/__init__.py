"""What runs in a child: the standard library alone, on any Python that the lab measures.

trial.py, describe.py, profile.py, showing.py, ask_cluster.py  the programs: one each
answering.py   their manners: one request in, one event out
building.py    from a request to its work; owned.py, state.py, sending.py: own work, and its errors
around.py      what went on around the timed parts; tree.py, starving.py: what was used, and waited
tracing.py     who ran which task when
sampling.py, probing.py, parcels.py  the parts of a profile
affinity.py, build.py, gil.py        this interpreter and its CPUs
"""
