# A compiler from Brainfuck to nested Python closures.
class Tape:
    def __init__(self):
        self.cells, self.at, self.out, self.steps = {}, 0, [], 0

    def text(self):
        return "".join(map(chr, self.out))


def parse(source):
    stack = [[]]
    for i, ch in enumerate(source):
        if ch in "+-<>.,":
            block = stack[-1]
            if block and ch in "+-<>" and isinstance(block[-1], tuple) and block[-1][0] == ch:
                block[-1] = (ch, block[-1][1] + 1)
            else:
                block.append((ch, 1))
        elif ch == "[":
            stack.append([])
        elif ch == "]":
            if len(stack) == 1:
                raise SyntaxError(f"unmatched ] at {i}")
            body = stack.pop()
            stack[-1].append(body)
    if len(stack) > 1:
        raise SyntaxError("unmatched [")
    return stack[0]


def compile_block(block):
    ops = []
    for node in block:
        if isinstance(node, list):
            if node == [("-", 1)]:
                ops.append(lambda t: t.cells.__setitem__(t.at, 0))
                continue
            body = compile_block(node)

            def loop(t, body=body):
                while t.cells.get(t.at, 0):
                    body(t)
                    t.steps += 1
                    if t.steps > 50_000:
                        raise RuntimeError("runs too long")

            ops.append(loop)
            continue
        ch, n = node
        if ch in "+-":
            d = n if ch == "+" else -n

            def change(t, d=d):
                t.cells[t.at] = (t.cells.get(t.at, 0) + d) % 256

            ops.append(change)
        elif ch in "<>":
            d = n if ch == ">" else -n

            def move(t, d=d):
                t.at += d
                if t.at < 0:
                    raise IndexError("left of the tape")

            ops.append(move)
        elif ch == ".":
            ops.append(lambda t: t.out.append(t.cells.get(t.at, 0)))

    def run(t):
        for op in ops:
            op(t)

    return run


HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
SQUARES = "++++[>+++++<-]>[<+++++>-]+<+[>[>+>+<<-]++>>[<<+>>-]>>>[-]++>[-]+>>>+[[-]++++++>>>]<<<[[<++++++++<++>>-]+<.<[>----<-]<]<<[>>>>>[>>>[-]+++++++++<[>-<-]+++++++++>[-[<->-]+[<<<]]<+>]<-]<<-]"
for name, source in (("hello", HELLO), ("squares", SQUARES), ("left", "<"), ("loop", "+[]"), ("open", "[["), ("close", "+]")):
    tape = Tape()
    try:
        compile_block(parse(source))(tape)
        print(name, repr(tape.text()), tape.steps, len(tape.cells))
    except (SyntaxError, IndexError, RuntimeError) as e:
        print(name, type(e).__name__, e)
print(parse("++[->+<]."))
