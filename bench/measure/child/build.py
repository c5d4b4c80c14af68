"""How this interpreter was built: with what a reader of its times should know.

Standard library only: every interpreter is asked this about itself.
"""

import sys
import sysconfig


def build() -> dict[str, bool | None]:
    """Whether it is a debug build, and whether its compiler optimised it by a profile and at link.

    None where its own record does not tell: some distributions strip it.
    """
    arguments, compiler, linker, profile = (
        str(sysconfig.get_config_var(name) or "")
        for name in ("CONFIG_ARGS", "PY_CFLAGS_NODIST", "PY_LDFLAGS_NODIST", "PGO_PROF_USE_FLAG")
    )
    # configure writes the flag for profiles down whether it is used or not.
    intact = bool(profile)
    pgo = "-fprofile-use" in compiler or "-fprofile-instr-use" in compiler
    lto = "-flto" in compiler or "-flto" in linker
    return {
        "debug": hasattr(sys, "gettotalrefcount"),
        "pgo": True if pgo or "--enable-optimizations" in arguments else _absent(intact),
        "lto": True if lto or "--with-lto" in arguments else _absent(intact),
    }


def _absent(intact: bool) -> bool | None:
    return False if intact else None
