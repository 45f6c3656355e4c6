# The builtin exception classes and their bases.
classes = [
    ArithmeticError, AssertionError, AttributeError, BaseException, BufferError, EOFError, Exception,
    FileExistsError, FileNotFoundError, FloatingPointError, GeneratorExit, ImportError, IndexError,
    IsADirectoryError, KeyError, KeyboardInterrupt, LookupError, MemoryError, ModuleNotFoundError, NameError,
    NotADirectoryError, NotImplementedError, OSError, OverflowError, PermissionError, RecursionError,
    RuntimeError, StopIteration, SyntaxError, SystemError, SystemExit, TimeoutError, TypeError,
    UnboundLocalError, UnicodeDecodeError, UnicodeEncodeError, UnicodeError, ValueError, ZeroDivisionError,
    Warning, UserWarning, DeprecationWarning,
]
for c in classes:
    print(c.__name__, "<", " < ".join(b.__name__ for b in c.__mro__[1:]))
print(IOError is OSError, EnvironmentError is OSError)
for c in (ValueError, KeyError, RuntimeError, OSError, StopIteration, SystemExit):
    for args in ((), ("one",), ("one", 2), (None,), (("t",),)):
        e = c(*args)
        print(repr(e), "|", str(e), "|", e.args)
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e, e.errno, e.strerror, e.filename, e.args)
print(type(OSError(17, "x")).__name__, type(OSError(13, "x")).__name__, type(OSError(99999, "x")).__name__)
e = KeyError("quoted key")
print(str(e), repr(e), f"{e}", [e])
e = ValueError("a")
e.args = ("changed", 1)
print(e, repr(e))
e.extra = 5
print(e.__dict__, SystemExit(3).code, SystemExit().code, StopIteration(7).value, NameError("n", name="x").name, AttributeError("a", name="y", obj=5).obj, ImportError("i", name="m").name)
try:
    ValueError(x=1)
except TypeError as err:
    print(err)
