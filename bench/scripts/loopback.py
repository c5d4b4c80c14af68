"""A slow web server for a script that downloads: its own, in a process of its own.

It answers as the lab's server does, with a few lines of Python where that has a real web server.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from urllib.parse import parse_qsl, urlsplit


async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer all that one connection asks for, such as GET /page/3?delay=0.05&size=20000."""
    try:
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass  # its headers
            url = urlsplit(line.split()[1].decode())
            asked = dict(parse_qsl(url.query))
            await asyncio.sleep(float(asked["delay"]))
            text = b"page %d of the loopback server\n" % int(url.path.rpartition("/")[2])
            size = int(asked["size"])
            body = (text * (size // len(text) + 1))[:size]
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (size, body))
            await writer.drain()
    except asyncio.CancelledError:
        pass  # the server ends
    finally:
        writer.close()


def serve(line: Connection) -> None:
    """Tell the port, and answer until the other end of the line is closed."""

    async def until_closed() -> None:
        server = await asyncio.start_server(answered, "127.0.0.1", 0, backlog=10_000)
        line.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(line.poll, None)
        server.close()

    asyncio.run(until_closed())


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server in a process of its own, so that serving costs this one nothing."""
    context = multiprocessing.get_context("spawn")
    line, far_end = context.Pipe()
    server = context.Process(target=serve, args=(far_end,))
    server.start()
    far_end.close()
    try:
        yield f"http://127.0.0.1:{line.recv()}"
    finally:
        line.close()
        server.join()
