# Handlers inside handlers, the same name reused, exceptions in else and finally, loops of retries.
def layered(n):
    log = []
    try:
        try:
            try:
                if n == 1:
                    raise KeyError("k")
                if n == 2:
                    raise ValueError("v")
                if n == 3:
                    raise OSError("o")
                log.append("body")
            except KeyError as e:
                log.append(f"inner {e}")
                raise ValueError("from key") from e
            else:
                log.append("else")
                if n == 4:
                    raise KeyError("in else")
            finally:
                log.append("finally 1")
                if n == 5:
                    raise IndexError("in finally")
        except ValueError as e:
            log.append(f"middle {e} {e.__cause__!r}")
            if n == 2:
                raise
        finally:
            log.append("finally 2")
    except Exception as e:
        log.append(f"outer {type(e).__name__} {e} ctx {e.__context__!r}")
    return log


for n in range(6):
    print(n, layered(n))


def same_name():
    try:
        raise KeyError(1)
    except KeyError as e:
        try:
            raise ValueError(2)
        except ValueError as e:
            inner = e
        try:
            e
        except UnboundLocalError as u:
            return str(u), repr(inner.__context__)


print(same_name())


def rebind():
    try:
        raise KeyError(1)
    except KeyError as e:
        e = "rebound"
        kept = e
    return kept, "e" in locals()


def delete():
    try:
        raise KeyError(1)
    except KeyError as e:
        del e
    return "deleted fine"


def returned():
    try:
        raise KeyError("x")
    except KeyError as e:
        return e


print(rebind(), delete(), repr(returned()))


def cleanup(*resources):
    errors = []
    for r in resources:
        try:
            r()
        except Exception as e:
            errors.append(e)
    if errors:
        first, *rest = errors
        raise RuntimeError(f"{len(errors)} failed") from first


def bad(k):
    def f():
        raise k(k.__name__)

    return f


for rs in ([], [lambda: 1], [bad(KeyError), lambda: 1, bad(ValueError)]):
    try:
        cleanup(*rs)
        print("clean")
    except RuntimeError as e:
        print(e, repr(e.__cause__), repr(e.__context__))


def chain(n):
    try:
        if n == 0:
            raise ValueError("root")
        chain(n - 1)
    except ValueError as e:
        raise ValueError(f"level {n}") from e


try:
    chain(3)
except ValueError as e:
    texts = []
    while e:
        texts.append(str(e))
        e = e.__cause__
    print(texts)


def state():
    x = "start"
    try:
        x = "try"
        int("no")
        x = "never"
    except ValueError:
        x += "+except"
    finally:
        x += "+finally"
    return x


print(state())
