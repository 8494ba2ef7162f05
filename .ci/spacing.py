#!/usr/bin/env python3
"""Holds the justified lines of PDFs to what the pages promise: spacing.py JUDGE SLACK FILE...

JUDGE prints the figures of one file as JSON; SLACK is by how much they may miss, as a part: 0 for the test book.
"""
import json
import subprocess
import sys

MOST = {
    "sd": 0.120,
    "max": 1.70,
    "loose_gt_1_5": 0.003,
    "loose_gt_2": 0.0,
    "hyphen_share": 0.04,
}
LONGEST_RUN = 2


def main():
    judge, slack, *files = sys.argv[1:]
    failed = False
    for file in files:
        printed = subprocess.run([judge, "--json", file], check=True, stdout=subprocess.PIPE).stdout
        figures = json.loads(printed)
        over = [name for name, most in MOST.items() if figures[name] > most * (1 + float(slack))]
        if figures["hyphen_run_max"] > LONGEST_RUN:
            over.append("hyphen_run_max")
        row = " ".join(f"{name} {figures[name]}" for name in [*MOST, "hyphen_run_max", "justified_lines"])
        print(f"{file}: {row}" + (f" — TOO MUCH: {', '.join(over)}" if over else ""))
        failed |= bool(over)
    sys.exit(failed)


main()
