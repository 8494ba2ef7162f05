#!/usr/bin/env python3
"""Texts made to be slow, or to need much memory: linear.py BINDERY

Markdown of marks that never close, or close in each other's way, and plain texts of nothing but one thing, at 100 KB and at four
times that. Reading one of 100 KB may take no more than two seconds, and reading four times as much no more than six times as
long, or six times the instructions where the machine is too busy for its clock to tell. The same of both editions of texts of very
many small things. None may need more memory than 60 times its text and 150 MB.
"""
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SIZE = 100_000
ROUNDS = 10

PIECES = [
    "[", "![", "[a](", "[a](<b", "[a][", "[^a]", "[a]: b\n", "`a ", "`", "*a _", "**a *a ", "*a**a", "_a __a ", "~a ^b ", "~~a ",
    "<a ", "<!-- a ", "<?", "<![CDATA[", "<b>", "<q>", "&", "\\", "\\(", "$", "$$ ", "$a{ ", "a\n: b\n", "| a ", "|a|\n|-|\n",
    "> ", "> a\n", "- ", "- a\n", "1. ", "* * ", "a\n", "a\n\n", "# a\n", "a\n===\n", "- [ ] a\n", "```\n", "    a\n", "[^a]: b\n",
    "![a](b.png)", "[a](#a) ", "[a *b* c](#a) ", "<abbr title='", "a  \n", "\t- ",
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
    ("notes that name each other", lambda n: "a[^0]\n\n" + "".join(f"[^{at}]: [^{at + 1}]\n\n" for at in range(n // 14))),
    ("a wide table", lambda n: "|a" * (n // 8) + "\n" + "|-" * (n // 8) + "\n" + "|x\n" * (n // 8)),
]
PAGES = [
    ("pages of short paragraphs", lambda n: "a\n\n" * (n // 3)),
    ("pages of short items", lambda n: "- a\n" * (n // 4)),
    ("pages of quotations", lambda n: "> a\n\n" * (n // 5)),
    ("pages of one table", lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * (n // 6)),
    ("pages of one wide table", lambda n: "|a" * 50 + "\n" + "|-" * 50 + "\n" + ("|a" * 50 + "\n") * (n // 101)),
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


PLAIN_PIECES = [
    "a\n", "a\n\n", "\f", "A B C D\n\n", "THE END\n", "a-", "some-\nthing ", "_a ", "*a ", "a_", "_a\n\n", "[", "[1] ", "{1}", "a(1)", "a¹ ",
    "[1: a\n\n", "[Illustration]\n\n", "Note: a\n\n", "Produced by a\n\n  b\n\n", "I.\n\n1\n\nii\n\n", "CHAPTER I\n\n\n",
    "PREFACE\n\n\na\n\n\n", "NOTES\n\n\nCHAPTER I\n\n\n[1] a\n\n\n", "ACT I. SCENE II.\n\n", "ANNA. Who?\n\nBELL. Nobody.\n\n",
    "- one\n  - two\n", "* * *\n\n", "one    two    three\n", "  the rain,\n    the sea\n\n", "Dear Sir,\n\nYours,\n   A. B.\n\n",
    "《か》", "｜《か》", "［＃", "［＃改ページ］", "その",
]  # fmt: skip
PLAIN = [
    ("form feeds behind a line", lambda n: "One.\n" + "\f" * n),
    ("blank pages", lambda n: "One.\n" + "\f\n\n" * (n // 3) + "Two.\n"),
    ("lists with asterisks", lambda n: "Some of these words:\n\n* a\n\n* b\n\n" * (n // 33)),
    ("page numbers in one line", lambda n: "é" + "".join(f"wo [p. {at % 9000 + 1}]rd" for at in range(n // 14))),
    ("annotations of a heading", lambda n: "あ" + "［＃中見出し］" * (n // 21)),
    ("marks of one note", lambda n: "word [1] *[1]" * (n // 13) + "\n\n[1] A note on it.\n"),
    ("commas in a list of contents",
     lambda n: "CONTENTS\n\nOne\nTwo\nThree\n" + "," * n + "".join(f"\n\n\n{one}\n\nText." for one in ("One", "Two", "Three"))),
    ("a long word of Thai", lambda n: "Title\n" + "บทที่" * (n // 15)),
    ("a number of many numbers", lambda n: "Title\n" + "1." * (n // 2)),
    ("statements behind an act", lambda n: "ACT I\n" + "Prop. 1. " * (n // 9)),
    ("titles before the first chapter", lambda n: "THE TITLE\n\n\n" * (n // 40) + "".join(f"CHAPTER {at}\n\n\n" for at in range(n // 20))),
    ("people", lambda n: "Title: A\nLanguage: en\n" + "".join(f"Author: Name {at}\n" for at in range(n // 18)) + "\nText.\n"),
]  # fmt: skip


def measure(binary, text, formats, ending, threads):
    """The time of the processors in seconds, and the most memory in bytes."""
    used = run([binary], text, formats, ending, threads, 60)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def count(binary, text, formats, ending):
    """The instructions on one thread, which nothing else on the machine disturbs."""
    with tempfile.NamedTemporaryFile() as counts:
        counting = ["valgrind", "--quiet", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={counts.name}"]
        run([*counting, binary], text, formats, ending, ONE_THREAD, 600)
        return next(int(line.split()[1]) for line in Path(counts.name).read_text().splitlines() if line.startswith("summary:"))


def run(command, text, formats, ending, threads, seconds):
    """Makes these editions of a text. Gives back what that used."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "slow" + ending)
        path.write_text(text)
        outputs = [word for form in formats for word in ("-o", str(Path(folder, "made." + form)))]
        # Some are of more headings than a text may have, and are to be linear all the same.
        arguments = ["-q", "--max-sections", "1000000", *threads, str(path), *outputs]
        made = subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE)
        late = threading.Timer(seconds, made.kill)
        late.start()
        told = made.stderr.read().decode(errors="replace")
        _, status, used = os.wait4(made.pid, 0)
        late.cancel()
        made.returncode = os.waitstatus_to_exitcode(status)
        # What is refused takes no time, and shows nothing.
        if made.returncode:
            raise SystemExit(f"{text[:40]!r} to {formats}: {told}")
        return used


ONE_THREAD, ALL_THREADS = ["-j", "1"], []


class Pattern:
    """A text of one kind at two sizes, with the least time that each was ever seen to take."""

    def __init__(self, name, make, formats, ending):
        self.name, self.formats, self.ending = name, formats, ending
        self.texts = [make(SIZE), make(4 * SIZE)]
        self.times = [float("inf")] * 2
        self.share = 0.0

    def weigh(self, binary):
        """The most memory, as a share of what is allowed, with as many threads as there are."""
        for text in self.texts:
            _, peak = measure(binary, text, self.formats, self.ending, ALL_THREADS)
            self.share = max(self.share, peak / (60 * len(text.encode()) + 150_000_000))

    def time(self, binary):
        """One run of each, on one thread: one that waits for another would count as work."""
        for at, text in enumerate(self.texts):
            time, _ = measure(binary, text, self.formats, self.ending, ONE_THREAD)
            self.times[at] = min(self.times[at], time)

    def ratio(self, idle):
        small, large = (max(time - idle, 0.0) for time in self.times)
        # Below a hundredth of a second the clock says little.
        return large / max(small, 0.01)

    def slow(self, idle):
        return self.times[0] - idle > 2 or self.ratio(idle) > 6

    def growth(self, binary):
        """How many times as many instructions the larger text takes."""
        small, large = (count(binary, text, self.formats, self.ending) for text in self.texts)
        print(f"{self.name}: {small / 1e6:.0f} and {large / 1e6:.0f} million instructions")
        return large / small

    def settle(self, binary, idle):
        """Times it until it does not look slow. What else the machine does only ever adds to a time: what is slow stays so."""
        for _ in range(ROUNDS):
            self.time(binary)
            if not self.slow(idle):
                break


def main():
    binary = sys.argv[1]
    reading, pages = ("json",), ("pdf", "epub")
    idle = {
        formats: min(measure(binary, "a\n", formats, ".md", ONE_THREAD)[0] for _ in range(5)) for formats in (reading, pages)
    }
    of_one = lambda pieces: [(repr(piece), lambda n, piece=piece: "x " + piece * (n // len(piece))) for piece in pieces]
    patterns = [Pattern(name, make, reading, ".md") for name, make in of_one(PIECES) + MIXED]
    patterns += [Pattern(name, make, pages, ".md") for name, make in PAGES]
    patterns += [Pattern(name, make, reading, ".txt") for name, make in of_one(PLAIN_PIECES) + PLAIN]
    for pattern in patterns:
        pattern.weigh(binary)
        pattern.settle(binary, idle[pattern.formats])
    # Other work may last longer than that: what looked slow is timed again when it may be over. Where the clock still says so of
    # the larger text alone, which suffers most from others in the cache, instructions decide.
    for pattern in patterns:
        if pattern.slow(idle[pattern.formats]):
            pattern.settle(binary, idle[pattern.formats])
    faults = []
    for pattern in patterns:
        slow = pattern.slow(idle[pattern.formats])
        if slow and pattern.times[0] < 2:
            slow = pattern.growth(binary) > 6
        verdict = "slow" if slow else "much" if pattern.share > 1 else "ok"
        small, large = pattern.times
        told = f"{verdict:4} {small:7.3f} s {large:7.3f} s {pattern.ratio(idle[pattern.formats]):5.1f} {pattern.share:5.0%}  {pattern.name}"
        print(told)
        if verdict != "ok":
            faults.append(told)
    if faults:
        raise SystemExit("\n".join(["slower than they are long, or in need of more memory:", *faults]))


if __name__ == "__main__":
    main()
