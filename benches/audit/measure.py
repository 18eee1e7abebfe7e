#!/usr/bin/env python3
"""Runs the reasoner and the yardstick on a workload that `prepare.py` wrote, and holds their
counts against the expected ones.

    measure.py OUT --reasoner BINARY --yardstick BINARY [--times 3]

Of several runs the one with the least processor time is shown. Times drift with the machine:
it is the ratio to the yardstick that says something.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

VERDICT = re.compile(r'"verdict":"([a-z]+)"')


def measured(command, times):
    """What a command writes, and the (user + system seconds, wall seconds, MiB) of its best run."""
    best, text = None, ""
    for _ in range(times):
        with tempfile.TemporaryFile("w+") as out:
            start = os.times().elapsed
            child = subprocess.Popen(command, stdout=out)
            _, status, usage = os.wait4(child.pid, 0)
            wall = os.times().elapsed - start
            if status:
                sys.exit(f"{command[0]} failed")
            run = (usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
            best = min(best or run, run)
            out.seek(0)
            text = out.read()
    return text, best


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out")
    parser.add_argument("--reasoner", required=True)
    parser.add_argument("--yardstick", required=True)
    parser.add_argument("--times", type=int, default=3)
    o = parser.parse_args()
    with open(os.path.join(o.out, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    expected = {
        "prohibited": expected["highest_prohibited"],
        "permitted": expected["highest_permitted"],
        "unregulated": expected["no_norm"],
    }
    decide = [o.reasoner, "--as-of", "2024-01-01", "--format", "ndjson", "--queries", o.out]
    for part in ("policies", "facts"):
        decide += ["--" + part, os.path.join(o.out, part)]
    runs = {
        "yardstick": [o.yardstick, o.out],
        "ours, one act": [*decide, "decide", "q0"],
        "ours, all acts": [*decide, "decide"],
    }
    print(f"{'':16}{'CPU s':>8}{'wall s':>8}{'MiB':>7}{'ratio':>7}")
    base = None
    for name, command in runs.items():
        text, (cpu, wall, memory) = measured(command, o.times)
        base = base or cpu
        print(f"{name:16}{cpu:8.2f}{wall:8.2f}{memory:7.0f}{cpu / base:7.1f}")
        counts = (
            json.loads(text) if name == "yardstick" else dict(collections.Counter(VERDICT.findall(text)))
        )
        if name != "ours, one act" and counts != expected:
            sys.exit(f"{name}: {counts}, expected {expected}")
    print("verdicts as expected:", ", ".join(f"{n} {word}" for word, n in expected.items()))


if __name__ == "__main__":
    main()
