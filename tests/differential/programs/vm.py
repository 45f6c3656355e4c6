# A stack machine with an assembler.
class VMError(Exception):
    pass


class Machine:
    def __init__(self, code, limit=10_000):
        self.code, self.stack, self.calls, self.memory = code, [], [], {}
        self.pc = self.steps = 0
        self.out, self.limit = [], limit

    def pop(self):
        if not self.stack:
            raise VMError(f"stack underflow at {self.pc - 1}")
        return self.stack.pop()

    def run(self):
        while self.pc < len(self.code):
            op, *args = self.code[self.pc]
            self.pc += 1
            self.steps += 1
            if self.steps > self.limit:
                raise VMError("too many steps")
            method = getattr(self, "op_" + op, None)
            if method is None:
                raise VMError(f"no operation {op}")
            if method(*args) == "halt":
                break
        return self.out

    def op_push(self, v):
        self.stack.append(v)

    def op_add(self):
        self.stack.append(self.pop() + self.pop())

    def op_sub(self):
        b, a = self.pop(), self.pop()
        self.stack.append(a - b)

    def op_mul(self):
        self.stack.append(self.pop() * self.pop())

    def op_dup(self):
        self.stack.append(self.stack[-1])

    def op_lt(self):
        b, a = self.pop(), self.pop()
        self.stack.append(a < b)

    def op_jz(self, target):
        if not self.pop():
            self.pc = target

    def op_jmp(self, target):
        self.pc = target

    def op_store(self, name):
        self.memory[name] = self.pop()

    def op_load(self, name):
        self.stack.append(self.memory.get(name, 0))

    def op_call(self, target):
        self.calls.append(self.pc)
        self.pc = target

    def op_ret(self):
        self.pc = self.calls.pop()

    def op_print(self):
        self.out.append(self.pop())

    def op_halt(self):
        return "halt"


def assemble(source):
    labels, code = {}, []
    for line in source.splitlines():
        line = line.partition(";")[0].strip()
        if not line:
            continue
        if line.endswith(":"):
            labels[line[:-1]] = len(code)
        else:
            code.append(line.split())
    def arg(a):
        if a in labels:
            return labels[a]
        try:
            return int(a)
        except ValueError:
            return a

    return [[op, *map(arg, args)] for op, *args in code]


FACTORIAL = """
    push 30
    store n
    push 1
    store acc
loop:
    load n
    push 1
    lt          ; n < 1
    jz body
    load acc
    print
    halt
body:
    load acc
    load n
    mul
    store acc
    load n
    push 1
    sub
    store n
    jmp loop
"""
m = Machine(assemble(FACTORIAL))
print(m.run(), m.steps, m.memory["n"], len(m.code))
CALLS = "push 7\ncall double\ncall double\nprint\nhalt\ndouble:\ndup\nadd\nret"
print(Machine(assemble(CALLS)).run())
for bad in ("add", "jmp 0", "fly", "push 1\nret", "push x\npush 1\nadd"):
    try:
        print(Machine(assemble(bad)).run())
    except (VMError, IndexError, TypeError) as e:
        print(bad.split("\n"), type(e).__name__, e)
