"""Several connections that send prepared requests as fast as they are answered."""

import random
import threading
import time
from collections.abc import Callable

from bench.client import Connection, Timing


def load(
    *,
    port: int,
    make: Callable[[random.Random], bytes],
    connections: int,
    seconds: float,
    most: int,
) -> Timing:
    """Time requests; each connection has at most `most` of them, made before the clock starts."""
    taken: list[float] = []
    failures: list[int] = []

    def work(requests: list[bytes]) -> None:
        connection = Connection("127.0.0.1", port)
        connection.send(b"GET /xapi/about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        barrier.wait()
        end = time.perf_counter() + seconds
        for request in requests:
            started = time.perf_counter()
            if started > end:
                return
            status, _ = connection.send(request)
            taken.append(time.perf_counter() - started)
            if status != 200:
                failures.append(status)

    chance = random.Random(time.time_ns())
    prepared = [[make(chance) for _ in range(most)] for _ in range(connections)]
    barrier = threading.Barrier(connections + 1)
    threads = [threading.Thread(target=work, args=[some], daemon=True) for some in prepared]
    for thread in threads:
        thread.start()
    barrier.wait(timeout=60)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Timing(seconds=taken, elapsed=time.perf_counter() - began, failures=len(failures))
