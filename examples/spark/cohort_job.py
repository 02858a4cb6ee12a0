"""Runs every shard of `treadlight cohort` as a Spark task, then collects them. README.md says how to submit it.

A task starts one process and hands no data over: it reads SOURCE and writes below OUT by itself, so both have to lie on a
folder that all machines share. Whether a shard is done already, treadlight decides by its mark.
"""

import argparse
import os
import subprocess
import sys

# All runners read, or all but some, who are in the table `quality`.
READ = (0, 3)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="folder of runners, or table")
    parser.add_argument("--out", required=True, help="where the tables go")
    parser.add_argument("--shards", type=int, required=True, help="about ten for each core of the cluster")
    parser.add_argument("--treadlight", default="treadlight", help="the binary, at this path on every machine")
    parser.usage = "%(prog)s SOURCE --out OUT --shards N [--treadlight PATH] [-- ARGUMENTS OF treadlight cohort]"
    mine = sys.argv[1:]
    at = mine.index("--") if "--" in mine else len(mine)
    return parser.parse_args(mine[:at]), mine[at + 1 :]


def run_shard(command, index):
    """One shard; what treadlight says goes to the executor's log and, if it failed, into Spark's message."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    sys.stderr.write(done.stderr)
    if done.returncode not in READ:
        # Spark tries the task again, on another worker if this one is gone
        raise RuntimeError(f"shard {index} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return done.returncode


def main():
    asked, more = arguments()
    # the driver's folder is not the executors'
    source, out = os.path.abspath(asked.source), os.path.abspath(asked.out)
    shards = asked.shards
    # Spark gives a task one core, so a shard takes one thread
    base = [asked.treadlight, "cohort", source, "--out", out, "--jobs", "1", *more]

    def task(index):
        return run_shard([*base, "--shard", f"{index}/{shards}"], index)

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("treadlight cohort").getOrCreate()
    try:
        codes = spark.sparkContext.parallelize(range(shards), shards).map(task).collect()
    finally:
        spark.stop()
    print(f"{shards} shards, {codes.count(3)} of them with runners who could not be read", flush=True)
    return subprocess.run([asked.treadlight, "cohort", "collect", out]).returncode


if __name__ == "__main__":
    sys.exit(main())
