"""The process that takes queued plans and measures them, and what keeps it alive.

perform.py      measures one run, whoever asked for it
foreground.py   measures for whoever waits for the result: command line, bench.run
work.py         the service: claims queued runs one at a time
supervisor.py   the app's side: starts the service, starts it again if it dies
"""
