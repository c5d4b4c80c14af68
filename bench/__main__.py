"""`python -m bench`: the command line."""

import sys

from bench.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
