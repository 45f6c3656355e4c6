"""What the rules share: attributes, runfiles, and the C++ toolchain that archives and links."""

load("@rules_cc//cc:find_cc_toolchain.bzl", "find_cc_toolchain", "use_cc_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load(":actions.bzl", "MOLT_TOOLCHAIN_TYPE")
load(":modules.bzl", "import_roots", "module_of")
load(":providers.bzl", "MoltInfo")

TOOLCHAINS = [MOLT_TOOLCHAIN_TYPE] + use_cc_toolchain()

# Bazel 4 to 6 read this attribute; from 7 on the toolchain type is what counts.
CC_TOOLCHAIN_ATTRS = {
    "_cc_toolchain": attr.label(default = Label("@rules_cc//cc:current_cc_toolchain")),
}

CAPABILITIES_ATTR = attr.string_list(
    doc = """What the program may do: rules such as "fs.read", "fs.read:data/" or "!net"; ["none"] for nothing.

Without any, it may do what it was found to need.""",
)

DEPS_ATTRS = {
    "deps": attr.label_list(
        doc = "Targets whose modules the sources import.",
        providers = [[MoltInfo, CcInfo]],
    ),
}

SOURCES_ATTRS = dict(
    DEPS_ATTRS,
    data = attr.label_list(
        doc = "Files that the program reads at run time.",
        allow_files = True,
    ),
    imports = attr.string_list(
        doc = "Folders, relative to this package, that the names of the sources' modules start at. Without any, and for " +
              "sources outside of them, names start at the repository.",
    ),
    srcs = attr.label_list(
        doc = "Python modules.",
        allow_files = [".py"],
        mandatory = True,
    ),
)

def library_sources(ctx):
    """The target's sources with their modules' names.

    Args:
      ctx: the rule's.

    Returns:
      list of struct(src, name, is_package)
    """
    roots = import_roots(ctx)
    sources = []
    for src in ctx.files.srcs:
        module = module_of(ctx, src, roots)
        sources.append(struct(is_package = module.is_package, name = module.name, src = src))
    return sources

def runfiles(ctx, files = []):
    """Runfiles of a target with `data` and `deps`.

    Args:
      ctx: the rule's.
      files: list of more files.

    Returns:
      runfiles
    """
    result = ctx.runfiles(files = ctx.files.data + files)
    for dep in ctx.attr.deps + ctx.attr.data:
        result = result.merge(dep[DefaultInfo].default_runfiles)
    return result

def configure_cc(ctx):
    """The C++ toolchain and its features."""
    toolchain = find_cc_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    return struct(features = features, toolchain = toolchain)

def objects_context(ctx, cc, name, objects, alwayslink):
    """The linking context of one archive of objects, and the archive.

    Args:
      ctx: the rule's.
      cc: what configure_cc() returns.
      name: of the archive.
      objects: list of File.
      alwayslink: whether the archive is linked though nothing refers to it.

    Returns:
      (CcLinkingContext, File)
    """
    files = depset(objects)
    context, outputs = cc_common.create_linking_context_from_compilation_outputs(
        name = name,
        actions = ctx.actions,
        alwayslink = alwayslink,
        cc_toolchain = cc.toolchain,
        compilation_outputs = cc_common.create_compilation_outputs(objects = files, pic_objects = files),
        disallow_dynamic_library = True,
        feature_configuration = cc.features,
    )
    library = outputs.library_to_link
    return context, library.pic_static_library or library.static_library

def archive_context(ctx, cc, archive):
    """The linking context of an archive that is there."""
    library = cc_common.create_library_to_link(
        actions = ctx.actions,
        cc_toolchain = cc.toolchain,
        feature_configuration = cc.features,
        pic_static_library = archive,
    )
    linker_input = cc_common.create_linker_input(
        libraries = depset([library]),
        owner = ctx.label,
    )
    return cc_common.create_linking_context(linker_inputs = depset([linker_input]))

def merge_contexts(contexts):
    """One linking context; the linker sees the archives of the first before those of the second."""
    return cc_common.create_linking_context(linker_inputs = depset(
        order = "topological",
        transitive = [context.linker_inputs for context in contexts],
    ))

def modules_info(modules, sources, deps, linking_context):
    """The provider of a target.

    Args:
      modules: what compile_modules() returns.
      sources: list of File.
      deps: list of MoltInfo.
      linking_context: of the modules and all dependencies.

    Returns:
      MoltInfo
    """
    return MoltInfo(
        direct = [module.name for module in modules],
        facts = depset([module.facts for module in modules], transitive = [dep.facts for dep in deps]),
        interfaces = depset([module.interface for module in modules], transitive = [dep.interfaces for dep in deps]),
        linking_context = linking_context,
        modules = depset(modules, transitive = [dep.modules for dep in deps]),
        sources = depset(sources, transitive = [dep.sources for dep in deps]),
    )
