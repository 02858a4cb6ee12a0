"""A Spark cluster of a master and two workers on loopback makes the tables of a cohort in 48 shards; one worker and its
processes are killed in the middle. Every row of every table has to be that of one process, and no other.

Usage: worker_killed.py TREADLIGHT MAKE_COHORT. Needs the packages of requirements.txt beside this file, and Java 17.
"""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

import duckdb
import pyspark

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPARK = pathlib.Path(pyspark.__file__).parent
RUNNERS, ROWS, SHARDS = 1_000, 113_000, 48
# so many shards are done when a worker dies
KILL_AFTER = 12
PATIENCE_S = 600
MEMORY = "512m"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid):
    """The process and all that it started, also those with a group of their own, as PySpark's are."""
    parents = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            parents[int(name.split()[0])] = int(rest.split()[1])
    found = [pid]
    for one in found:
        found.extend(child for child, parent in parents.items() if parent == one)
    return found


def kill(process):
    """Ends a process and its descendants at once, without a chance to clean up."""
    gone = descendants(process.pid)
    for pid in gone:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    return len(gone)


class Cluster:
    """A standalone master and two workers of one core each."""

    def __init__(self, work):
        self.work, self.port = work, free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "SPARK_HOME": str(SPARK),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(work / "scratch"),
            "SPARK_WORKER_DIR": str(work / "workers"),
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            # the daemons need little
            "SPARK_DAEMON_MEMORY": "256m",
        }
        self.daemons = []

    def __enter__(self):
        port = ["--port", str(self.port), "--webui-port", str(free_port())]
        self.daemon("master.Master", "master", port)
        self.wait_for("master", "I have been elected leader", 1)
        for number in (1, 2):
            webui = ["--webui-port", str(free_port()), "--cores", "1", "--memory", "1g"]
            self.daemon("worker.Worker", f"worker{number}", [*webui, self.url])
        self.wait_for("master", "Registering worker", 2)
        return self

    def daemon(self, name, log, arguments):
        command = [SPARK / "bin/spark-class", f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1"]
        with open(self.work / f"{log}.log", "wb") as said:
            started = subprocess.Popen(
                [*command, *arguments], env=self.environment, stdout=said, stderr=said, start_new_session=True
            )
        self.daemons.append(started)

    def wait_for(self, log, text, times):
        until = time.monotonic() + PATIENCE_S
        path = self.work / f"{log}.log"
        while path.read_text(errors="replace").count(text) < times:
            if time.monotonic() > until or any(daemon.poll() is not None for daemon in self.daemons):
                sys.exit(f"the cluster did not start:\n{path.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)

    def submit(self, job):
        options = ["--master", self.url, "--executor-memory", MEMORY, "--driver-memory", MEMORY]
        for conf in ("spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1", "spark.ui.enabled=false"):
            options += ["--conf", conf]
        with open(self.work / "submit.log", "wb") as said:
            return subprocess.Popen(
                [SPARK / "bin/spark-submit", *options, *job], env=self.environment, stdout=said, stderr=said
            )

    def __exit__(self, *_):
        for daemon in self.daemons:
            if daemon.poll() is None:
                kill(daemon)


def done(out):
    return sum(1 for mark in (out / "_shards").glob("[0-9]*.json"))


def killed_in_the_middle(cluster, job, out):
    """Submits the job, kills a worker once some shards are done; how many were done then, and seconds in all."""
    began = time.monotonic()
    submitted = cluster.submit(job)
    while done(out) < KILL_AFTER:
        if submitted.poll() is not None or time.monotonic() - began > PATIENCE_S:
            sys.exit(f"the job did not come so far:\n{(cluster.work / 'submit.log').read_text()[-4000:]}")
        time.sleep(0.01)
    then = done(out)
    gone = kill(cluster.daemons[-1])
    code = submitted.wait(PATIENCE_S)
    if code != 0:
        sys.exit(f"the job ended with {code}:\n{(cluster.work / 'submit.log').read_text()[-4000:]}")
    assert then < SHARDS, "all shards were done before a worker could be killed: make the table larger"
    print(f"a worker and its processes ({gone}) were killed with {then} of {SHARDS} shards done")
    return time.monotonic() - began


def compare(one, many):
    """Every row of every table as often here as there."""
    tables = sorted(folder.name for folder in one.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
    assert tables, "no tables"
    assert tables == sorted(f.name for f in many.iterdir() if f.is_dir() and not f.name.startswith("_")), tables
    for table in tables:
        here, there = (f"read_parquet('{out}/{table}/*.parquet')" for out in (one, many))
        rows = duckdb.sql(f"select count(*) from {here}").fetchall()[0][0]
        for a, b in ((here, there), (there, here)):
            differ = duckdb.sql(f"select count(*) from (from {a} except all from {b})").fetchall()[0][0]
            assert differ == 0, f"{table}: {differ} rows of {a} are not in {b}"
        print(f"{table}: {rows} rows, the same")


def main(treadlight, make_cohort):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        table, injuries = work / "table.csv", work / "injuries.csv"
        size = ["--runners", str(RUNNERS), "--rows", str(ROWS)]
        subprocess.run([make_cohort, "table", table, *size, "--injuries", injuries], check=True)
        one, many = work / "one", work / "many"
        began = time.monotonic()
        subprocess.run([treadlight, "cohort", table, "--out", one, "--injuries", injuries, "--quiet"], check=True)
        alone_s = time.monotonic() - began
        job = [ROOT / "examples/spark/cohort_job.py", table, "--out", many, "--shards", str(SHARDS)]
        job += ["--treadlight", treadlight, "--", "--injuries", injuries, "--quiet"]
        with Cluster(work) as cluster:
            spark_s = killed_in_the_middle(cluster, job, many)
        compare(one, many)
        print(f"{ROWS} rows: {alone_s:.1f} s in one process, {spark_s:.1f} s under Spark with {SHARDS} shards and a kill")


if __name__ == "__main__":
    main(*(os.path.abspath(path) for path in sys.argv[1:3]))
