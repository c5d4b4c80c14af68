"""The lab's own speed and fidelity, measured side by side with its peers.

    part ──► sides: the lab, a peer ──► rounds: each side once, in shuffled order ──► rows ──► table

Each part is a module with one question. It yields rows: a figure with its interval, the bound that
the lab holds itself to, and whether the interval shows that it is kept. Nothing here is part of the
lab as it runs; `python -m benchmarks --list` names the parts.
"""
