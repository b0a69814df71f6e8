"""Workers that tests kill."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


class Workers:
    """Two Celery workers of two processes each, and the clock; all real, all killed."""

    def __init__(self, environment, folder):
        self.environment = environment
        self.folder = folder
        self.mains = [self.start() for _ in range(2)]
        beat = ["beat", "--schedule", str(folder / "beat"), "--pidfile="]
        self.beat = self.celery(*beat)

    def celery(self, *arguments):
        command = [sys.executable, "-m", "celery", "-A", "kekiz_portal", *arguments]
        log = (self.folder / "celery.log").open("a")
        with log:
            return subprocess.Popen(
                [*command, "--loglevel", "WARNING"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self):
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return self.celery("worker", "--concurrency", "2", *quiet)

    def children(self):
        found = []
        for main in self.mains:
            with contextlib.suppress(OSError):
                listed = Path(f"/proc/{main.pid}/task/{main.pid}/children").read_text()
                found += [int(pid) for pid in listed.split()]
        return found

    def start_anew_who_ended(self):
        """Start workers in the place of those that ended, as the service manager does.

        A worker whose process dies before it was ready ends by itself.
        """
        for number, main in enumerate(self.mains):
            if main.poll() is not None:
                self.mains[number] = self.start()

    def kill_one(self):
        """Kill a process that sends; return whether there was one."""
        children = self.children()
        if not children:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.choice(children), signal.SIGKILL)
        return True

    def kill_whole(self):
        """Kill a worker with all its processes, and start another in its place."""
        number = random.randrange(len(self.mains))
        self.end(self.mains[number])
        self.mains[number] = self.start()

    def end(self, process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end_all(self):
        for process in [*self.mains, self.beat]:
            self.end(process)
