"""From the path of a source to the name of its module.

A file has one name: its path below the first folder of `imports` that contains it, else below the repository.
"""

def _below(path, folder):
    """The rest of a path below a folder, or None."""
    if not folder:
        return path
    return path[len(folder) + 1:] if path.startswith(folder + "/") else None

def _normalize(package, relative, label):
    """A folder given relative to a package, without "." and ".."; "" is the repository."""
    parts = []
    for part in (package.split("/") if package else []) + relative.split("/"):
        if part == "..":
            if not parts:
                fail("%s: imports: '%s' leaves the repository" % (label, relative))
            parts.pop()
        elif part not in ["", "."]:
            parts.append(part)
    return "/".join(parts)

def import_roots(ctx):
    """The folders, from the repository, that the target's module names start at."""
    return [_normalize(ctx.label.package, folder, ctx.label) for folder in ctx.attr.imports]

def source_path(src):
    """The path of a source from its repository."""
    path = src.short_path
    return path.split("/", 2)[2] if path.startswith("../") else path

def module_of(ctx, src, roots):
    """The module of a source.

    Args:
      ctx: the rule's.
      src: File.
      roots: folders from the repository, in order.

    Returns:
      struct(name, is_package)
    """
    path = source_path(src)
    rest = path
    for root in roots:
        below = _below(path, root)
        if below != None:
            rest = below
            break
    name = rest[:-len(".py")]
    is_package = name == "__init__" or name.endswith("/__init__")
    if is_package:
        name = name[:-len("/__init__")]
    if not name:
        fail("%s: %s is the package of its own import folder; name the folder above it in `imports`" % (ctx.label, path))
    return struct(name = name.replace("/", "."), is_package = is_package)
