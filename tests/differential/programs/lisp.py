# A small Lisp: reader, environments, closures, tail recursion by loop, errors.
class LispError(Exception):
    pass


class Symbol(str):
    def __repr__(self):
        return str(self)


class Env(dict):
    def __init__(self, params=(), args=(), outer=None):
        if len(params) != len(args):
            raise LispError(f"wanted {len(params)} arguments, got {len(args)}")
        super().__init__(zip(params, args))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise LispError(f"unbound {name}")


class Lambda:
    def __init__(self, params, body, env):
        self.params, self.body, self.env = params, body, env

    def __call__(self, *args):
        return evaluate(self.body, Env(self.params, args, self.env))


def tokens(text):
    return text.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()


def read(toks):
    if not toks:
        raise LispError("unexpected end")
    t = toks.pop(0)
    if t == "(":
        out = []
        while toks and toks[0] != ")":
            out.append(read(toks))
        if not toks:
            raise LispError("missing )")
        toks.pop(0)
        return out
    if t == "'":
        return [Symbol("quote"), read(toks)]
    if t == ")":
        raise LispError("unexpected )")
    for kind in (int, float):
        try:
            return kind(t)
        except ValueError:
            pass
    return Symbol(t)


def show(v):
    if isinstance(v, list):
        return "(" + " ".join(map(show, v)) + ")"
    if v is True or v is False:
        return "#t" if v else "#f"
    return "<lambda>" if isinstance(v, Lambda) else str(v)


def fold(f):
    def go(first, *rest):
        for r in rest:
            first = f(first, r)
        return first

    return go


GLOBAL = Env()
GLOBAL.update({
    "+": lambda *a: sum(a), "*": fold(lambda a, b: a * b), "-": lambda a, *r: fold(lambda x, y: x - y)(a, *r) if r else -a,
    "/": lambda a, b: a / b, "<": lambda a, b: a < b, "=": lambda a, b: a == b, "car": lambda l: l[0], "cdr": lambda l: l[1:],
    "cons": lambda a, l: [a] + l, "list": lambda *a: list(a), "null?": lambda l: l == [], "length": len, "mod": lambda a, b: a % b,
})


def evaluate(x, env=GLOBAL):
    while True:
        if isinstance(x, Symbol):
            return env.find(x)[x]
        if not isinstance(x, list):
            return x
        if not x:
            raise LispError("empty call")
        head, *rest = x
        if head == "quote":
            return rest[0]
        if head == "if":
            test, then, *other = rest
            x = then if evaluate(test, env) is not False else (other[0] if other else [Symbol("quote"), []])
        elif head == "define":
            name, value = rest
            if isinstance(name, list):
                name, value = name[0], [Symbol("lambda"), name[1:], value]
            env[name] = evaluate(value, env)
            return Symbol("ok")
        elif head == "set!":
            env.find(rest[0])[rest[0]] = evaluate(rest[1], env)
            return Symbol("ok")
        elif head == "lambda":
            return Lambda(rest[0], rest[1], env)
        elif head == "begin":
            for r in rest[:-1]:
                evaluate(r, env)
            x = rest[-1]
        elif head == "let":
            names, values = zip(*rest[0])
            env = Env(names, [evaluate(v, env) for v in values], env)
            x = rest[1]
        else:
            f, *args = [evaluate(e, env) for e in x]
            if isinstance(f, Lambda):
                x, env = f.body, Env(f.params, args, f.env)
            elif callable(f):
                return f(*args)
            else:
                raise LispError(f"not callable: {show(f)}")


PROGRAM = """
(+ 1 2 (* 3 4))
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 25)
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 5000 0)
(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))
(map (lambda (x) (* x x)) '(1 2 3 4))
(define counter (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))
(counter)
(counter)
'(a (b c) 1.5)
(let ((x 2) (y 3)) (* x y))
(if #undefined 1 2)
(1 2 3)
(fact 1 2)
(car '())
(/ 1 0)
(+ 1
)
())
(lambda (x) x)
(< 1 2)
(define compose (lambda (f g) (lambda (x) (f (g x)))))
((compose (lambda (x) (* x 2)) (lambda (x) (+ x 1))) 5)
"""
for line in PROGRAM.strip().splitlines():
    try:
        print(line, "=>", show(evaluate(read(tokens(line)))))
    except LispError as e:
        print(line, "!", e)
    except Exception as e:
        print(line, "!!", type(e).__name__, e)
