"""Waits until somebody takes work from each of these queues of RabbitMQ.

    queues.py URL QUEUE...
"""

import sys
import time

import kombu
from amqp import exceptions

READY_IN_S = 60


def is_served(connection, queue):
    try:
        with connection.channel() as channel:
            return channel.queue_declare(queue, passive=True).consumer_count > 0
    except exceptions.NotFound:
        return False


def main(url, *queues):
    end = time.monotonic() + READY_IN_S
    with kombu.Connection(url) as connection:
        while missing := [queue for queue in queues if not is_served(connection, queue)]:
            if time.monotonic() > end:
                raise SystemExit(f"nobody serves {', '.join(missing)}")
            time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])
