"""From what people, files and links ask for to what is checked: the one door to plans.

plans.py           a plan from its parts, or from JSON
contenders.py      its contenders: executor, workers, options, interpreter
sweeps.py          what it varies
cluster_bounds.py  what a Dask cluster can run of it
picked.py          what the Lab's form holds, and what a plan was picked as
links.py           the form in a link
experiments.py     what is asked of an experiment
"""
