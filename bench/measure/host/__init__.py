"""What a run is measured on, in plain data; what the system does not tell is None.

environment.py   the stamp on every run
cpus.py, cgroups.py, told.py  usable CPUs and limits, from the system's small files
machine/         all that is known of the machine
interpreters.py, known.py     the Pythons on it
cluster.py       the Dask cluster that the operator names
"""
