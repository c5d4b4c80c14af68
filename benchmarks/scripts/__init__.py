"""What the parts start as programs of their own.

primes, sha256 and pages are what people write by hand: they import nothing of the lab.
"""
