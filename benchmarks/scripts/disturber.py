"""Burns one core in bursts until it is ended: `disturber.py SEED`.

Bursts and the pauses between them last 1 s on average, at least 0.1 s.
"""

import random
import sys
import time


def main(seed: int) -> None:
    rng = random.Random(seed)
    sys.stdout.write("burning\n")
    sys.stdout.flush()
    while True:
        until = time.monotonic() + max(0.1, rng.expovariate(1.0))
        while time.monotonic() < until:
            pass
        time.sleep(max(0.1, rng.expovariate(1.0)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
