#!/usr/bin/env python3
"""The plain words of a document model: words.py MODEL.json BODY.txt NOTES.txt

Reads what `bindery --to json` wrote, by the published shape of the model and nothing of the program, and writes the
words of the body and those of the notes, one block a line, for comparison with the editions.
"""
import json
import sys


def text(inlines):
    out = []
    for inline in inlines:
        if inline == "line-break":
            out.append(" ")
            continue
        (kind, value), = inline.items()
        if kind in ("text", "code", "math"):
            out.append(value)
        elif kind in ("emphasis", "strong", "small-caps", "superscript", "subscript", "strikethrough", "quotation"):
            out.append(text(value))
        elif kind in ("link", "span", "abbreviation"):
            out.append(text(value["content"]))
        elif kind == "ruby":
            out.append(value["base"])
        elif kind not in ("image", "note-ref"):
            raise SystemExit(f"words.py: unknown inline {kind}")
    return "".join(out)


def write(blocks, lines):
    for block in blocks:
        (kind, value), = block.items()
        if kind == "paragraph":
            lines.append(text(value["content"]))
        elif kind == "quote":
            write(value["blocks"], lines)
        elif kind == "verse":
            lines.extend(text(line["content"]) for stanza in value["stanzas"] for line in stanza["lines"])
        elif kind == "speech":
            lines.append(text(value["speaker"]))
            write(value["blocks"], lines)
        elif kind == "list":
            for item in value["items"]:
                write(item["blocks"], lines)
        elif kind == "definitions":
            for entry in value["entries"]:
                lines.extend(text(term) for term in entry["terms"])
                for meaning in entry["meanings"]:
                    write(meaning["blocks"], lines)
        elif kind == "math":
            lines.append(value["source"])
        elif kind == "code":
            lines.extend(value["lines"])
        elif kind == "table":
            lines.append(text(value.get("caption", [])))
            for row in value.get("head", []) + value["body"]:
                lines.extend(text(cell["content"]) for cell in row["cells"])
        elif kind == "figure":
            lines.append(text(value.get("caption", [])))
        elif kind != "scene-break":
            raise SystemExit(f"words.py: unknown block {kind}")


def sections(list_, lines):
    for section in list_:
        heading = section.get("heading", {})
        for part in ("label", "title", "subtitle"):
            if heading.get(part):
                lines.append(text(heading[part]))
        write(section.get("blocks", []), lines)
        sections(section.get("children", []), lines)


def leaves(document):
    """The lines of the body and those of the notes."""
    body, notes = [], []
    sections(document.get("sections", []), body)
    for note in document.get("notes", []):
        write(note["blocks"], notes)
    return body, notes


def main():
    model, body_path, notes_path = sys.argv[1:]
    with open(model, encoding="utf-8") as file:
        body, notes = leaves(json.load(file))
    for path, lines in ((body_path, body), (notes_path, notes)):
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
