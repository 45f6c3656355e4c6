"""molt_library."""

load(":actions.bzl", "compile_modules", "dependencies")
load(":common.bzl", "CAPABILITIES_ATTR", "CC_TOOLCHAIN_ATTRS", "SOURCES_ATTRS", "TOOLCHAINS", "configure_cc", "library_sources", "merge_contexts", "modules_info", "objects_context", "runfiles")
load(":host.bzl", "make_host")
load(":providers.bzl", "MoltInfo")

def _molt_library_impl(ctx):
    cc = configure_cc(ctx)
    modules = compile_modules(ctx, library_sources(ctx), dependencies(ctx), ctx.attr.lenient)
    objects = [module.object for module in modules]

    # Lazy: a program links what it can import.
    own, archive = objects_context(ctx, cc, ctx.label.name, objects, alwayslink = False)
    deps = [dep[MoltInfo] for dep in ctx.attr.deps]
    info = modules_info(
        modules,
        ctx.files.srcs,
        deps,
        merge_contexts([own] + [dep.linking_context for dep in deps]),
    )
    host = make_host(ctx, cc, info.direct, info)
    return [
        DefaultInfo(files = depset([archive]), runfiles = runfiles(ctx)),
        info,
        host.cc_info,
        OutputGroupInfo(
            molt_header = depset([host.header]),
            molt_interfaces = depset([module.interface for module in modules]),
            molt_objects = depset(objects),
        ),
    ]

molt_library = rule(
    doc = """Python modules, compiled one by one.

Other molt targets depend on it, and so can cc_binary and cc_library: it has a header, PACKAGE/NAME.h. A C program that needs
several libraries puts a molt_cc_library over them.""",
    implementation = _molt_library_impl,
    attrs = dict(
        dict(SOURCES_ATTRS, **CC_TOOLCHAIN_ATTRS),
        capabilities = CAPABILITIES_ATTR,
        lenient = attr.bool(
            doc = "Whether mistakes in a module stop only the programs that import it: for vendored packages, which " +
                  "often have modules for another Python or another platform.",
        ),
    ),
    fragments = ["cpp"],
    toolchains = TOOLCHAINS,
)
