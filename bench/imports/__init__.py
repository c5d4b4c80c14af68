"""Runs from elsewhere, one file a format: bytes in, a run out, or one sentence why not.

    bytes ──► parsing ──► formats: whose is it? ──► lab_run | pyperf | hyperfine | … ──► Run
              size, depth,        by what is in it,      shapes: each field's type and bounds
              numbers, keys       never by its name

Nothing here stores or measures. What a file does not tell is left empty; keys that are not known
are passed over.
"""
