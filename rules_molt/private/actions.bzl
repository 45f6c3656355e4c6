"""The actions: each runs `molt action …` on exactly the files it needs.

One module is two actions. Phase one reads its source alone and writes an interface, which an edit inside of a function leaves
as it was; phase two compiles it against the interfaces of what it can import. An interface that a module does not import
is reported as unused, so that a change of it does not compile the module again.
"""

load(":providers.bzl", "MoltInfo")

# Bazel 4 takes only strings in rule(toolchains = ...), and reads them in the main repository: hence str(Label()).
MOLT_TOOLCHAIN_TYPE = str(Label("//rules_molt:toolchain_type"))

def molt_toolchain_of(ctx):
    return ctx.toolchains[MOLT_TOOLCHAIN_TYPE].molt

def _given_interface(module):
    return module.name + "=" + module.interface.path

def _given_facts(module):
    return module.name + "=" + module.facts.path

def _args(ctx):
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = False)
    args.set_param_file_format("multiline")
    return args

def _add_code_options(ctx, args):
    target = molt_toolchain_of(ctx).target
    if target:
        args.add("--target", target)
    if ctx.var["COMPILATION_MODE"] == "opt":
        args.add("--release")

def _run(ctx, action, args, inputs, outputs, progress, unused = None):
    ctx.actions.run(
        executable = molt_toolchain_of(ctx).compiler,
        arguments = ["action", action, args],
        inputs = inputs,
        outputs = outputs,
        mnemonic = "Molt" + action.capitalize(),
        progress_message = progress,
        unused_inputs_list = unused,
    )

def output(ctx, name):
    """An intermediate file of the target."""
    return ctx.actions.declare_file("_molt/%s/%s" % (ctx.label.name, name))

def dependencies(ctx):
    """The modules of the targets in `deps`.

    Args:
      ctx: the rule's.

    Returns:
      struct(modules, interfaces, facts): depsets
    """
    infos = [dep[MoltInfo] for dep in ctx.attr.deps]
    return struct(
        facts = depset(transitive = [info.facts for info in infos]),
        interfaces = depset(transitive = [info.interfaces for info in infos]),
        modules = depset(transitive = [info.modules for info in infos]),
    )

def _add_module(args, source, lenient):
    args.add("--module", source.name)
    args.add("--label", source.src.short_path)
    if source.is_package:
        args.add("--package")
    if lenient:
        args.add("--defer")
    args.add(source.src)

def _facts(ctx, source, lenient):
    facts, interface = output(ctx, source.name + ".mfacts"), output(ctx, source.name + ".minterface")
    args = _args(ctx)
    _add_module(args, source, lenient)
    args.add("-o", facts)
    args.add("--interface", interface)
    _run(ctx, "facts", args, [source.src], [facts, interface], "Reading Python module %s" % source.name)
    return facts, interface

def compile_modules(ctx, sources, deps, lenient = False):
    """Registers the actions of a target's modules.

    Args:
      ctx: the rule's.
      sources: list of struct(src, name, is_package)
      deps: what dependencies() returns.
      lenient: whether mistakes in a module stop only the programs that import it.

    Returns:
      list of struct(name, facts, interface, object), sorted by name
    """
    modules = {}
    for source in sources:
        if source.name in modules:
            fail("%s: two sources are the module %s" % (ctx.label, source.name))
        facts, interface = _facts(ctx, source, lenient)
        modules[source.name] = struct(
            name = source.name,
            facts = facts,
            interface = interface,
            # The static link of CcToolchain takes position-independent objects by this extension.
            object = output(ctx, source.name + ".pic.o"),
        )
    for source in sources:
        module = modules[source.name]
        siblings = [other for other in modules.values() if other.name != source.name]
        args = _args(ctx)
        _add_module(args, source, lenient)
        args.add_all(siblings, before_each = "--given", map_each = _given_interface)
        args.add_all(deps.modules, before_each = "--given", map_each = _given_interface)
        _add_code_options(ctx, args)
        args.add("-o", module.object)
        unused = output(ctx, source.name + ".unused")
        args.add("--unused", unused)
        _run(
            ctx,
            "compile",
            args,
            depset([source.src] + [other.interface for other in siblings], transitive = [deps.interfaces]),
            [module.object, unused],
            "Compiling Python module %s" % source.name,
            unused,
        )
    return [modules[name] for name in sorted(modules)]

def make_program(ctx, roots, modules, facts, capabilities = []):
    """Registers the actions that make a program of modules.

    Args:
      ctx: the rule's.
      roots: names of the modules it starts from; `__main__` among them makes it runnable.
      modules: depset of modules.
      facts: depset of their facts.
      capabilities: rules for what the program may do; none is what it was found to need.

    Returns:
      struct(table, entry, supplied): objects with the list of modules and with `main` (or None), and the archive of what
      the program uses of Molt's standard library
    """
    table, request, unused = output(ctx, "program.pic.o"), output(ctx, "request"), output(ctx, "program.unused")
    outputs = [table, request, unused]
    entry = output(ctx, "entry.pic.o") if "__main__" in roots else None
    args = _args(ctx)
    args.add_all(roots, before_each = "--root")
    args.add_all(modules, before_each = "--given", map_each = _given_facts)
    args.add_all(capabilities, before_each = "--capability")
    _add_code_options(ctx, args)
    args.add("-o", table)
    args.add("--request", request)
    args.add("--unused", unused)
    if entry:
        args.add("--entry", entry)
        outputs.append(entry)
    _run(ctx, "program", args, facts, outputs, "Checking the imports of %s" % ctx.label, unused)

    supplied = output(ctx, "supplied.pic.a")
    args = _args(ctx)
    args.add(request)
    _add_code_options(ctx, args)
    args.add("-o", supplied)
    _run(ctx, "supplied", args, [request], [supplied], "Compiling the standard library for %s" % ctx.label)
    return struct(entry = entry, supplied = supplied, table = table)

def make_header(ctx, roots, modules, facts):
    """Registers the action that writes the C header of modules, NAME.h.

    Args:
      ctx: the rule's.
      roots: names of the modules that hosts call.
      modules: depset of modules.
      facts: depset of their facts.

    Returns:
      File
    """
    header = ctx.actions.declare_file(ctx.label.name + ".h")
    args = _args(ctx)
    args.add_all(roots, before_each = "--root")
    args.add_all(modules, before_each = "--given", map_each = _given_facts)
    args.add("--name", ctx.label.name)
    args.add("-o", header)
    _run(ctx, "header", args, facts, [header], "Writing the C header of %s" % ctx.label)
    return header

def make_archive(ctx, files, name):
    """Registers the action that puts objects and members of archives into one archive.

    Args:
      ctx: the rule's.
      files: list of File, in the order of the members.
      name: of the archive.

    Returns:
      File
    """
    archive = ctx.actions.declare_file(name)
    args = _args(ctx)
    args.add_all(files)
    target = molt_toolchain_of(ctx).target
    if target:
        args.add("--target", target)
    args.add("-o", archive)
    _run(ctx, "archive", args, files, [archive], "Archiving %s" % ctx.label)
    return archive
