"""The operator's own work, known by what a child tells of it: nobody else imports it.

work.py          all of it, as workloads
sources.py       finding it: a module's name, or a path
descriptions.py  from a description to a workload that others trust
"""
