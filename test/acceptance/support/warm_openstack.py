"""The `openstack` command, kept warm: most of its time is the loading of its modules, which this does once.

    warm_openstack.py FOLDER     reads requests from the FIFO FOLDER/request, a JSON line each, and answers each in FOLDER/answer

A request has `words`, `environment` and `input`; the answer has `code`, `stdout` and `stderr`. Each runs in a process of its own, as the command does.
"""

import importlib
import io
import json
import os
import sys
import tempfile

from openstackclient import shell

# what the suites read; the rest is loaded when it is asked for
MODULES = [
    "keystoneauth1.identity.v3",
    "openstackclient.compute.v2.console",
    "openstackclient.compute.v2.server",
    "openstackclient.identity.v3.project",
    "openstackclient.image.v2.image",
    "openstackclient.volume.v3.volume",
    "openstackclient.volume.v3.volume_snapshot",
]


def answer(words, environment, given):
    files = [tempfile.TemporaryFile() for _ in range(3)]
    stdin, stdout, stderr = files
    stdin.write(given.encode())
    stdin.seek(0)
    child = os.fork()
    if child == 0:
        for number, file in enumerate(files):
            os.dup2(file.fileno(), number)
        os.environ.clear()
        os.environ.update(environment)
        # the shell looks at its name and at its words
        sys.argv = ["openstack", *words]
        code = shell.main(words)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)
    _, status = os.waitpid(child, 0)
    for file in (stdout, stderr):
        file.seek(0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "stdout": stdout.read().decode(errors="replace"),
        "stderr": stderr.read().decode(errors="replace"),
    }


def main(folder):
    for module in MODULES:
        importlib.import_module(module)
    # both ends, so that it lasts from one request to the next
    with open(os.path.join(folder, "request"), "r+b", buffering=0) as raw, io.TextIOWrapper(io.BufferedReader(raw)) as requests:
        open(os.path.join(folder, "ready"), "w").close()
        for line in requests:
            try:
                asked = json.loads(line)
                answered = answer(asked["words"], asked["environment"], asked["input"])
            except Exception as error:  # whoever asked waits for an answer
                answered = {"code": 1, "stdout": "", "stderr": repr(error)}
            with open(os.path.join(folder, "answer"), "w") as fifo:
                json.dump(answered, fifo)


if __name__ == "__main__":
    main(sys.argv[1])
