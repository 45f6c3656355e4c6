"""molt_binary and molt_test."""

load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load(":actions.bzl", "compile_modules", "dependencies", "make_program", "molt_toolchain_of")
load(":common.bzl", "CAPABILITIES_ATTR", "CC_TOOLCHAIN_ATTRS", "SOURCES_ATTRS", "TOOLCHAINS", "archive_context", "configure_cc", "runfiles")
load(":modules.bzl", "import_roots", "module_of", "source_path")
load(":providers.bzl", "MoltInfo")

def _main(ctx):
    """The script: `main`, or the source named after the target, or the only one."""
    srcs = ctx.files.srcs
    if ctx.file.main:
        if ctx.file.main not in srcs:
            fail("%s: `main` (%s) must be one of `srcs`" % (ctx.label, ctx.file.main.short_path))
        return ctx.file.main
    named = [src for src in srcs if src.basename == ctx.label.name + ".py"]
    if len(named) == 1:
        return named[0]
    if len(srcs) == 1:
        return srcs[0]
    fail("%s: set `main`: there are %d sources, and not one of them is %s.py" % (ctx.label, len(srcs), ctx.label.name))

def _sources(ctx, main):
    """The script as `__main__`; the others named from its folder, as Python finds what stands beside a script."""
    folder = source_path(main).rpartition("/")[0]
    roots = import_roots(ctx) + ([folder] if folder else [])
    sources = []
    for src in ctx.files.srcs:
        if src == main:
            sources.append(struct(is_package = False, name = "__main__", src = src))
        else:
            module = module_of(ctx, src, roots)
            sources.append(struct(is_package = module.is_package, name = module.name, src = src))
    return sources

def _environment(ctx):
    targets = ctx.attr.data
    return {name: ctx.expand_location(value, targets) for name, value in ctx.attr.env.items()}

def _link(ctx, cc, objects, program):
    molt = molt_toolchain_of(ctx)
    files = depset(objects)
    linkopts = molt.release_linkopts if ctx.var["COMPILATION_MODE"] == "opt" else []
    return cc_common.link(
        name = ctx.label.name,
        actions = ctx.actions,
        cc_toolchain = cc.toolchain,
        compilation_outputs = cc_common.create_compilation_outputs(objects = files, pic_objects = files),
        feature_configuration = cc.features,
        link_deps_statically = True,
        linking_contexts = [dep[MoltInfo].linking_context for dep in ctx.attr.deps] + [
            archive_context(ctx, cc, program.supplied),
            molt.runtime.linking_context,
        ],
        output_type = "executable",
        user_link_flags = linkopts + ctx.attr.linkopts,
    ).executable

def _molt_executable_impl(ctx):
    cc = configure_cc(ctx)
    deps = dependencies(ctx)
    modules = compile_modules(ctx, _sources(ctx, _main(ctx)), deps)
    program = make_program(
        ctx,
        [module.name for module in modules],
        depset(modules, transitive = [deps.modules]),
        depset([module.facts for module in modules], transitive = [deps.facts]),
        ctx.attr.capabilities,
    )
    objects = [module.object for module in modules] + [program.table, program.entry]
    executable = _link(ctx, cc, objects, program)

    # Tracebacks show the lines of sources that are found at run time. Only tests bring them along.
    shown = []
    if ctx.attr._is_test:
        sources = depset(ctx.files.srcs, transitive = [dep[MoltInfo].sources for dep in ctx.attr.deps])
        shown = sources.to_list()
    return [
        DefaultInfo(
            executable = executable,
            files = depset([executable]),
            runfiles = runfiles(ctx, [executable] + shown),
        ),
        OutputGroupInfo(
            molt_interfaces = depset([module.interface for module in modules]),
            molt_objects = depset(objects),
        ),
        # RunEnvironmentInfo needs Bazel 5.3; this spelling is there in 4 and later.
        testing.TestEnvironment(_environment(ctx)),
    ]

def _attrs(is_test):
    return dict(
        dict(SOURCES_ATTRS, **CC_TOOLCHAIN_ATTRS),
        capabilities = CAPABILITIES_ATTR,
        env = attr.string_dict(
            doc = "Environment of `bazel test` and, from Bazel 5.3 on, of `bazel run`; $(location) of `data` is expanded.",
        ),
        linkopts = attr.string_list(doc = "More arguments for the linker."),
        main = attr.label(
            doc = "The script. Without it, the source named after the target, or the only one.",
            allow_single_file = [".py"],
        ),
        _is_test = attr.bool(default = is_test),
    )

molt_binary = rule(
    doc = "A Python program as one executable, with no Python at run time.",
    implementation = _molt_executable_impl,
    attrs = _attrs(False),
    executable = True,
    fragments = ["cpp"],
    toolchains = TOOLCHAINS,
)

molt_test = rule(
    doc = "A Python program that passes by ending with status 0.",
    implementation = _molt_executable_impl,
    attrs = _attrs(True),
    fragments = ["cpp"],
    test = True,
    toolchains = TOOLCHAINS,
)
