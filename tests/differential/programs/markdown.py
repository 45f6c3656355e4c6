# A Markdown subset to HTML, with nested lists and inline marks.
def inline(text):
    out, i = [], 0
    stack = []
    marks = {"**": "strong", "*": "em", "`": "code"}
    while i < len(text):
        for mark, tag in marks.items():
            if text.startswith(mark, i):
                if stack and stack[-1] == mark:
                    stack.pop()
                    out.append(f"</{tag}>")
                else:
                    stack.append(mark)
                    out.append(f"<{tag}>")
                i += len(mark)
                break
        else:
            if text[i] == "[" and "](" in text[i:]:
                label, _, rest = text[i + 1 :].partition("](")
                url, _, after = rest.partition(")")
                out.append(f'<a href="{url}">{inline(label)}</a>')
                i = len(text) - len(after)
            else:
                out.append({"<": "&lt;", "&": "&amp;", ">": "&gt;"}.get(text[i], text[i]))
                i += 1
    return "".join(out)


def blocks(lines):
    lines = list(lines)
    while lines:
        line = lines.pop(0)
        if not line.strip():
            continue
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            yield f"<h{level}>{inline(line[level:].strip())}</h{level}>"
        elif line.startswith("```"):
            code = []
            while lines and not (l := lines.pop(0)).startswith("```"):
                code.append(l.replace("<", "&lt;"))
            yield "<pre>" + "\n".join(code) + "</pre>"
        elif line.lstrip().startswith("- "):
            items = [line]
            while lines and lines[0].lstrip().startswith("- "):
                items.append(lines.pop(0))
            yield from listing(items)
        elif line.startswith(">"):
            quote = [line]
            while lines and lines[0].startswith(">"):
                quote.append(lines.pop(0))
            yield "<blockquote>" + "".join(blocks(q[1:].strip() for q in quote)) + "</blockquote>"
        else:
            para = [line.strip()]
            while lines and lines[0].strip() and lines[0][0] not in "#>-`":
                para.append(lines.pop(0).strip())
            yield f"<p>{inline(' '.join(para))}</p>"


def listing(items, depth=0):
    indent = lambda s: len(s) - len(s.lstrip())
    base = indent(items[0])
    yield "  " * depth + "<ul>"
    i = 0
    while i < len(items):
        text = inline(items[i].strip()[2:])
        j = i + 1
        while j < len(items) and indent(items[j]) > base:
            j += 1
        yield "  " * depth + f"<li>{text}"
        if j > i + 1:
            yield from listing(items[i + 1 : j], depth + 1)
        yield "  " * depth + "</li>"
        i = j
    yield "  " * depth + "</ul>"


DOC = """\
# Title with *emphasis*

A paragraph with **bold** and `code <x>`,
over two lines & a [link **b**](http://x.y/?a=b).

- one
  - nested *n*
    - deeper
  - again
- two
> quoted text
> # and a heading

```
if a < b: pass
```
## End"""
html = list(blocks(DOC.splitlines()))
print("\n".join(html))
print(len(html), sum(map(len, html)))
