"""How many threads NumPy's linear algebra may start for itself."""

# Each library that may stand behind NumPy reads its own variable, once, when it is loaded.
LIBRARIES = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")


def blas_environment(threads: int | str) -> dict[str, str]:
    """The variables that allow a process so many threads within one call.

    `threads` may be what stands for a parameter, as in `Workload.environment`.
    """
    return {f"{library}_NUM_THREADS": str(threads) for library in LIBRARIES}
