#!/usr/bin/env python3
"""Markdown made to be slow: linear.py BINDERY

Texts of marks that never close, or close in each other's way, at 100 KB and at four times that. Reading one of 100 KB may take
no more than two seconds, and reading four times as much no more than six times as long. The same of pages made of texts of very
many small things.
"""
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PIECES = [
    "[", "![", "[a](", "[a](<b", "[a][", "[^a]", "[a]: b\n", "`a ", "`", "*a _", "**a *a ", "*a**a", "_a __a ", "~a ^b ", "~~a ",
    "<a ", "<!-- a ", "<?", "<![CDATA[", "<b>", "<q>", "&", "\\", "\\(", "$", "$$ ", "$a{ ", "a\n: b\n", "| a ", "|a|\n|-|\n",
    "> ", "> a\n", "- ", "- a\n", "1. ", "* * ", "a\n", "a\n\n", "# a\n", "a\n===\n", "- [ ] a\n", "```\n", "    a\n", "[^a]: b\n",
    "![a](b.png)", "[a](#a) ", "<abbr title='", "a  \n", "\t- ",
]  # fmt: skip
MIXED = [
    ("quotations, and short lines behind", lambda n: "> " * (n // 4) + "a\n" + "a\n" * (n // 4)),
    ("quotations, and lines of marks behind", lambda n: ("> " * 100 + "a\n") * (n // 202)),
    ("items one within the other", lambda n: "".join(" " * (2 * at) + "- a\n" for at in range(int(n**0.5)))),
    ("items, and blank lines behind", lambda n: "- " * (n // 4) + "a\n" + "\n" * (n // 2)),
    ("brackets that close", lambda n: "[" * (n // 4) + "a" + "](b)" * (n // 8)),
    ("emphasis that closes", lambda n: "*a " * (n // 6) + "a*" * (n // 6)),
    ("code that does not close", lambda n: "".join("a" + "`" * at for at in range(int((2 * n) ** 0.5)))),
    ("links that no definition has", lambda n: "[a] " * (n // 8) + "\n\n" + "[b]: c\n" * (n // 14)),
    ("headings of one name", lambda n: "# a\n\nb\n\n" * (n // 8)),
    ("notes that name each other", lambda n: "".join(f"[^{at}]: [^{at + 1}]\n\n" for at in range(n // 14))),
    ("a wide table", lambda n: "|a" * (n // 8) + "\n" + "|-" * (n // 8) + "\n" + "|x\n" * (n // 8)),
]
PAGES = [
    ("pages of short paragraphs", lambda n: "a\n\n" * (n // 3)),
    ("pages of short items", lambda n: "- a\n" * (n // 4)),
    ("pages of quotations", lambda n: "> a\n\n" * (n // 5)),
    ("pages of one table", lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * (n // 6)),
    ("pages of many tables", lambda n: "|a|b|\n|-|-|\n|1|2|\n\n" * (n // 19)),
    ("pages of code", lambda n: "```\n" + "a\n" * (n // 2) + "```\n"),
    ("pages of one paragraph with many notes",
     lambda n: "".join(f"a[^{at}] " for at in range(n // 24)) + "".join(f"\n\n[^{at}]: b" for at in range(n // 24))),
    ("pages of one paragraph", lambda n: "word " * (n // 5)),
    ("pages of one word", lambda n: "w" * n),
    ("pages of one letter with many marks", lambda n: "a" + "\u0301" * (n // 2)),
    ("pages of words of both directions", lambda n: "שלום a 12 " * (n // 14)),
    ("pages of sections", lambda n: "# a\n\n" + "### a\n\na\n\n" * (n // 10)),
]  # fmt: skip


def seconds(binary, text, form):
    """The least of three runs, less what a run of next to nothing takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "slow.md")
        path.write_text(text)
        best = None
        for _ in range(3):
            # The time of the processors: what else the machine does is nobody's fault.
            start = used()
            made = subprocess.run([binary, "-q", str(path), "-o", "-", "--to", form], capture_output=True, timeout=60)
            taken = used() - start
            # What is refused takes no time, and shows nothing.
            if made.returncode:
                raise SystemExit(f"{text[:40]!r} to {form}: {made.stderr.decode(errors='replace')}")
            best = taken if best is None else min(best, taken)
            if taken > 1:
                break
    return best


def used():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main():
    binary = sys.argv[1]
    size = 100_000
    idle = {form: seconds(binary, "a\n", form) for form in ("json", "pdf")}
    faults = []
    texts = [(repr(piece), lambda n, piece=piece: "x " + piece * (n // len(piece))) for piece in PIECES] + MIXED
    texts = [(name, make, "json") for name, make in texts] + [(name, make, "pdf") for name, make in PAGES]
    for name, make, form in texts:
        small, large = (max(seconds(binary, make(n), form) - idle[form], 0.0) for n in (size, 4 * size))
        # Below a hundredth of a second the clock says little.
        ratio = large / max(small, 0.01)
        verdict = "slow" if small > 2 or ratio > 6 else "ok"
        print(f"{verdict:4} {small:7.3f} s {large:7.3f} s {ratio:5.1f}  {name}")
        if verdict == "slow":
            faults.append(name)
    if faults:
        raise SystemExit(f"slower than they are long: {', '.join(faults)}")


if __name__ == "__main__":
    main()
