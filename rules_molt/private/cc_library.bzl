"""molt_cc_library."""

load(":actions.bzl", "make_archive", "molt_toolchain_of")
load(":common.bzl", "CAPABILITIES_ATTR", "CC_TOOLCHAIN_ATTRS", "DEPS_ATTRS", "TOOLCHAINS", "configure_cc", "merge_contexts", "modules_info")
load(":host.bzl", "make_host")
load(":providers.bzl", "MoltInfo")

def _molt_cc_library_impl(ctx):
    cc = configure_cc(ctx)
    deps = [dep[MoltInfo] for dep in ctx.attr.deps]
    info = modules_info([], [], deps, merge_contexts([dep.linking_context for dep in deps]))
    roots = sorted({name: None for dep in deps for name in dep.direct})
    host = make_host(ctx, cc, roots, info)

    # For build systems other than this one: everything in one archive.
    archives = [
        library.pic_static_library or library.static_library
        for linker_input in info.linking_context.linker_inputs.to_list()
        for library in linker_input.libraries
    ]
    program = host.program
    archive = make_archive(
        ctx,
        [program.table] + archives + [program.supplied, molt_toolchain_of(ctx).runtime_archive],
        "lib%s.a" % ctx.label.name,
    )
    merged = ctx.runfiles()
    for dep in ctx.attr.deps:
        merged = merged.merge(dep[DefaultInfo].default_runfiles)
    return [
        DefaultInfo(files = depset([host.header, archive]), runfiles = merged),
        host.cc_info,
    ]

molt_cc_library = rule(
    doc = """The modules of several molt_library targets for a C or C++ program.

cc_binary and cc_library depend on it and include PACKAGE/NAME.h. Its outputs are that header and libNAME.a, an archive with the
modules and the runtime that links into C programs built by any other means.""",
    implementation = _molt_cc_library_impl,
    attrs = dict(
        dict(DEPS_ATTRS, **CC_TOOLCHAIN_ATTRS),
        capabilities = CAPABILITIES_ATTR,
    ),
    fragments = ["cpp"],
    toolchains = TOOLCHAINS,
)
