# import inside functions, conditional, as, several in one statement; a module runs once.
import config, config as cfg
from config import (
    NAME,
    setting as s,
)


def lazy():
    import lazy_module
    from lazy_module import thing as local_thing
    return lazy_module.thing + local_thing


print(config is cfg, NAME, s("x"))
print("before lazy")
print(lazy(), lazy())
try:
    import fast_version as impl
except ImportError:
    import slow_version as impl
print(impl.kind)


class Uses:
    from config import NAME as attr
    import config as module


print(Uses.attr, Uses.module.NAME)
config.NAME = "changed"
print(NAME, cfg.NAME, config.get_name())
cfg.counter += 5
print(config.counter, config.bump())
for name in ("one", "two"):
    import repeated
print(repeated.runs)
import sys

print(sys.modules["config"] is config, __name__, config.__name__, "config" in sys.modules)
print([m for m in ("config", "lazy_module", "slow_version", "fast_version") if m in sys.modules])
del config
try:
    config
except NameError as e:
    print(e)
import config

print(config.NAME, config.__doc__)
