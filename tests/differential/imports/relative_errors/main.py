# A relative import without a package, a missing name of a package, and its submodules.
import pkg.good

for name in ("toplevel", "submissing"):
    try:
        if name == "toplevel":
            from . import anything
        else:
            from pkg import submissing
    except ImportError as e:
        print(type(e).__name__, str(e).split(" (")[0])
print(pkg.good.sibling_value, pkg.good.pkg_value)
from pkg import good, sibling

print(good.sibling is sibling, hasattr(pkg, "sibling"))
