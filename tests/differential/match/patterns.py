from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
class Q:
    def __init__(s, **k): s.__dict__.update(k)
def f(v):
    match v:
        case 0: return 'zero'
        case 1 | 2 as n: return f'small {n}'
        case -3.5: return 'neg'
        case 1+2j: return 'complex'
        case 'a' | b'b': return 'ab'
        case None | True | False: return 'single'
        case []: return 'empty'
        case [x]: return f'one {x}'
        case [1, *rest, 9]: return f'1..9 {rest}'
        case [x, [y, *_], *_, z]: return f'nest {x} {y} {z}'
        case (a, b): return f'two {a} {b}'
        case {'k': v, **rest}: return f'k {v} {rest}'
        case {'a': {'b': [c, *_]}}: return f'abc {c}'
        case {}: return 'map'
        case P(0, y=yy): return f'P0 {yy}'
        case P(x, y) if x > y: return f'P> {x} {y}'
        case P(): return 'P'
        case Q(a=1, b=str(s)): return f'Q {s}'
        case Q(a=a): return f'Qa {a}'
        case int(i) if i > 100: return f'big {i}'
        case str() | bytes(): return 'text'
        case float(z): return f'fl {z}'
        case set() | frozenset(): return 'set'
        case _: return 'other'
for v in [0, 1, 2, -3.5, 1+2j, 'a', b'b', None, True, [], [5], [1,2,3,9], (1,9), (3,[4,5],6), (3,(4,),5,6), [1,'x'], {'k':1,'z':2}, {'a':{'b':[7,8]}}, {}, {'q':1}, P(0,5), P(3,1), P(1,3), Q(a=1,b='s'), Q(a=1,b=2), Q(), 500, 50, 'xyz', b'zz', 2.5, {1}, frozenset(), range(3), range(0), 'ab', object]:
    print(type(v).__name__, f(v))
class Bad:
    __match_args__ = [1]
class Bad2:
    __match_args__ = (1,)
class Dup:
    __match_args__ = ('a','a')
    a = 1
def err(g):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
def t1():
    match Bad():
        case Bad(1): pass
def t2():
    match Bad2():
        case Bad2(1): pass
def t3():
    match Dup():
        case Dup(1, 1): pass
def t4():
    match Dup():
        case Dup(1, a=1): pass
def t5():
    match 3:
        case int(1, 2): pass
def t6():
    match Q():
        case Q(1): pass
def t7():
    n = 3
    match 3:
        case n.x: pass
def t8():
    k = 'a'
    class K: A = 'a'; B = 'a'
    match {'a': 1, 'b': 2}:
        case {K.A: x, K.B: y}: pass
def t9():
    x = 5
    match 5:
        case f.__name__: return 1
        case x() : return 2
for t in (t1,t2,t3,t4,t5,t6,t7,t8,t9): err(t)
class S(list): pass
class M(dict):
    def get(self, k, d): return 'got'
def g(v):
    match v:
        case [a, b, *c]: return a, b, c
        case {'x': y}: return y
print(g(S([1,2,3])), g(M(z=1)), g({}), g("abc"), g({'x': 5, 'y': 6}))
match (1, 2, 3), {'a': [1, {'b': 2}]}:
    case (a, *b), {'a': [_, {'b': c}], **d}: print(a, b, c, d)
x = 'outer'
match [1, 2]:
    case [x, 5]: pass
    case [3, x]: pass
print(x)
