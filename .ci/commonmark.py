#!/usr/bin/env python3
"""The examples of the CommonMark specification, read: commonmark.py BINDERY SPEC.txt DOCS.md

Each example is read by itself, and its words are held against those of the reference rendering, white space aside. Where
the two differ, the example must stand in the list of deviations in DOCS.md, and every example listed must differ.
"""
import html.parser
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import words


def examples(spec):
    fence = "`" * 32
    for number, match in enumerate(re.finditer(rf"^{fence} example\n(.*?)^\.\n(.*?)^{fence}$", spec, re.M | re.S), 1):
        yield number, match[1].replace("→", "\t"), match[2].replace("→", "\t")


class Rendering(html.parser.HTMLParser):
    """The words of HTML: what is shown, and what is told of pictures."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out = []

    def handle_data(self, data):
        self.out.append(data)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.out.append(dict(attributes).get("alt") or "")
        elif tag in ("br", "hr", "p", "li"):
            self.out.append(" ")


def rendered(source):
    parser = Rendering()
    # Comments of nothing (HTML, 13.2.5.43), which Python's parser takes for the beginning of longer ones.
    parser.feed(re.sub("<!--->|<!-->", "", source))
    parser.close()
    return "".join(parser.out).split()


def read(binary, markdown):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "example.md")
        path.write_text(markdown, encoding="utf-8")
        made = subprocess.run(
            [binary, "-q", str(path), "-o", "-", "--to", "json"], capture_output=True
        )
    if made.returncode:
        # A text of nothing makes no document.
        return [] if b"there is no text in this" in made.stderr else [f"failed: {made.stderr!r}"]
    return shown(json.loads(made.stdout))


def shown(document):
    body, notes = words.leaves(document)
    title = document["meta"]["title"]
    # The only heading is the title: its words stand there.
    if title != "example" and title != "Example":
        body.insert(0, title)
    return " ".join(body + notes).split()


def folded(parts):
    """Text without white space, its quotation marks, dashes and dots as they are typed."""
    text = "".join("".join(parts).split())
    text = re.sub("[“”„«»]", '"', re.sub("[‘’‚]", "'", text)).replace("…", "...")
    return re.sub("[-–—]+", "-", re.sub("[\u00ad\u200b\u2060]", "", text))


def main():
    binary, spec, docs = sys.argv[1:]
    all_examples = list(examples(Path(spec).read_text(encoding="utf-8")))
    if len(all_examples) != 652:
        raise SystemExit(f"commonmark.py: {len(all_examples)} examples instead of 652")
    listed = re.search(r"^Examples that differ: ([\d, ]+)\.$", Path(docs).read_text(encoding="utf-8").replace(",\n", ", "), re.M)
    listed = {int(number) for number in listed[1].split(", ")} if listed else set()
    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(lambda one: read(binary, one[1]), all_examples))
    differ = set()
    for (number, markdown, reference), ours in zip(all_examples, got):
        wanted = rendered(reference)
        if folded(wanted) != folded(ours):
            differ.add(number)
            if number not in listed:
                print(f"{number}: {markdown!r}\n  wanted {' '.join(wanted)}\n  read   {' '.join(ours)}")
    print(f"{len(all_examples) - len(differ)} of {len(all_examples)} read as the reference renders them")
    if differ != listed:
        raise SystemExit(f"not listed: {sorted(differ - listed)}; listed and no longer different: {sorted(listed - differ)}")


if __name__ == "__main__":
    main()
