"""Work that takes longer than a page: a queue before one worker process, with progress, cancelling and a new worker after a crash."""

from __future__ import annotations

import hashlib
import itertools
import json
import multiprocessing
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bolang.web.results import Result
from bolang.web.tasks import serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

State = Literal["waiting", "running", "done", "failed", "cancelled", "crashed"]
KEPT = 24
"""Finished jobs whose results are kept."""
QUEUED = 32
"""Jobs that may wait."""


@dataclass
class Job:
    """One piece of work.

    Attributes
    ----------
    key : str
        Address of the job: the same request gives the same one.
    arguments : mapping
        What is done; equal ones are one job.
    manner : mapping
        How it is told, such as the language: it does not change what is done.
    stage : str
        What is being done now; `value` is the number that the worker tells with it, `first` the one it told first.
    message, hint : str
        Why it failed.
    """

    key: str
    kind: str
    arguments: Mapping[str, Any]
    manner: Mapping[str, Any] = field(default_factory=dict)
    state: State = "waiting"
    stage: str = ""
    value: float = 0.0
    first: float = 0.0
    stage_began: float = 0.0
    message: str = ""
    hint: str = ""
    began: float = 0.0
    ended: float = 0.0
    result: Result | None = None
    number: int = field(default_factory=itertools.count(1).__next__)

    @property
    def seconds(self) -> int:
        """Seconds it has worked."""
        return round((self.ended or time.monotonic()) - self.began) if self.began else 0

    @property
    def stage_seconds(self) -> float:
        """Seconds that the present stage has taken."""
        return time.monotonic() - self.stage_began if self.stage_began else 0.0

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in ("waiting", "running")


class QueueFullError(Exception):
    """Too many jobs wait."""


class Jobs:
    """The queue and its worker."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._queue: queue.Queue[Job | None] = queue.Queue()
        self._lock = threading.Lock()
        self._worker: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._thread: threading.Thread | None = None
        self._results = tempfile.TemporaryDirectory(prefix="bolang-jobs-")

    def folder(self, job: Job) -> Path:
        """Return the folder of what a job gave; it goes with the job, or with the server."""
        return Path(self._results.name) / job.key

    @staticmethod
    def key_of(kind: str, arguments: Mapping[str, Any]) -> str:
        """Return the address of a piece of work."""
        text = json.dumps([kind, arguments], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def submit(self, kind: str, arguments: Mapping[str, Any], manner: Mapping[str, Any] | None = None) -> Job:
        """Queue a piece of work; one that is known and has not failed is not done again.

        Raises
        ------
        QueueFullError
            If too many wait.
        """
        key = self.key_of(kind, arguments)
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and (not known.over or known.state == "done"):
                return known
            if self._queue.qsize() >= QUEUED:
                raise QueueFullError
            job = Job(key, kind, arguments, manner or {})
            self._jobs[key] = job
            self._forget()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="jobs")
                self._thread.start()
        self._queue.put(job)
        return job

    def get(self, key: str) -> Job | None:
        """Return a job by its address."""
        return self._jobs.get(key)

    def all(self) -> list[Job]:
        """Return the jobs, the newest first."""
        with self._lock:
            listed = list(self._jobs.values())
        return sorted(listed, key=lambda job: -job.number)

    def ahead(self, job: Job) -> int:
        """Return how many jobs come before a waiting one."""
        return sum(1 for other in self.all() if not other.over and other.number < job.number)

    def cancel(self, job: Job) -> None:
        """Stop a job: a waiting one never begins, a running one ends with its worker."""
        with self._lock:
            if job.over:
                return
            running = job.state == "running"
            job.state, job.ended = "cancelled", time.monotonic()
            if running:
                self._stop()

    def close(self) -> None:
        """End the worker; the next job begins with another."""
        with self._lock:
            if self._thread is not None:
                self._queue.put(None)
            self._thread = None
            self._stop()

    def _forget(self) -> None:
        over = sorted((job for job in self._jobs.values() if job.over), key=lambda job: job.number)
        for job in over[:-KEPT]:
            del self._jobs[job.key]
            shutil.rmtree(self.folder(job), ignore_errors=True)

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.terminate()
            self._worker.join(5)
            if self._worker.is_alive():
                self._worker.kill()
        self._worker = self._pipe = None

    def _ready(self) -> Connection:
        """Return the pipe to a living worker, starting one where there is none."""
        if self._worker is None or not self._worker.is_alive() or self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._worker = context.Process(target=serve, args=(theirs,), daemon=True, name="bolang-worker")
            self._worker.start()
            theirs.close()
        return self._pipe

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            with self._lock:
                if job.over:
                    continue
                job.state, job.began = "running", time.monotonic()
                pipe = self._ready()
            try:
                shutil.rmtree(self.folder(job), ignore_errors=True)
                pipe.send((job.kind, {**job.arguments, **job.manner, "folder": str(self.folder(job))}))
                while not job.over:
                    self._take(job, pipe.recv())
            except Exception:  # a dead worker, or an answer that cannot be read: the queue goes on
                with self._lock:
                    if not job.over:
                        job.state, job.ended = "crashed", time.monotonic()
                    if self._pipe is pipe:
                        self._stop()

    @staticmethod
    def _take(job: Job, message: tuple[str, Any]) -> None:
        what, said = message
        if what == "progress":
            stage, job.value = said
            if stage != job.stage:
                job.stage, job.first, job.stage_began = stage, job.value, time.monotonic()
            return
        job.ended = time.monotonic()
        if what == "done":
            job.result, job.state = said, "done"
        else:
            (job.message, job.hint), job.state = said, "failed"
