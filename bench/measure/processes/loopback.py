"""The lab's own web server: answers on this machine only, after a chosen delay, with chosen bytes.

A process of its own, so that serving is no part of what is measured.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench import descriptors
from bench.measure.processes.groups import GRACE, Reaper, end_group
from bench.measure.processes.running import child_environment

# Connections that may be open, and that may wait to be accepted: thousands may come at once.
# The system sets its own limit to both.
MOST = 10_000


@contextmanager
def loopback_server(reaper: Reaper) -> Iterator[str]:
    """Run the server; yields its address, which takes connections from the first moment on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(MOST)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.measure.processes.loopback", str(listening.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
            start_new_session=True,
            env=child_environment(reaper.folder),
        )
    reaper.watch(process.pid)
    try:
        yield address
    finally:
        process.terminate()
        end_group(process, GRACE)
        reaper.forget(process.pid)


def serve(descriptor: int) -> None:
    """Answer on a listening socket until a signal ends the process."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, Response
    from starlette.routing import Route

    async def page(request: Request) -> Response:
        try:
            number = int(request.path_params["number"])
            delay = float(request.query_params["delay"])
            size = int(request.query_params["size"])
        except (KeyError, ValueError):
            return PlainTextResponse("number, delay or size is missing or no number", 400)
        if not (0 <= delay <= 10 and 0 <= size <= 10_000_000):
            return PlainTextResponse("delay goes from 0 to 10 s, size to 10,000,000 bytes", 400)
        await asyncio.sleep(delay)
        text = b"page %d of the loopback server\n" % number
        return Response((text * (size // len(text) + 1))[:size], media_type="text/plain")

    descriptors.make_room(MOST)
    app = Starlette(routes=[Route("/page/{number:int}", page)])
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, timeout_keep_alive=120, backlog=MOST
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
