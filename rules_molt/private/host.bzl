"""What a host in C or C++ links and includes: a program without `__main__`, with its header."""

load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load(":actions.bzl", "make_header", "make_program", "molt_toolchain_of")
load(":common.bzl", "archive_context", "merge_contexts", "objects_context")

def make_host(ctx, cc, roots, info):
    """Registers what makes modules usable from C.

    The list of modules is always linked: with two of them in one program the linker refuses, instead of
    leaving one out.

    Args:
      ctx: the rule's.
      cc: what configure_cc() returns.
      roots: names of the modules that the host calls.
      info: MoltInfo of all modules.

    Returns:
      struct(cc_info, header, program)
    """
    program = make_program(ctx, roots, info.modules, info.facts, ctx.attr.capabilities)
    header = make_header(ctx, roots, info.modules, info.facts)
    table, _ = objects_context(ctx, cc, ctx.label.name + ".program", [program.table], alwayslink = True)
    include = ctx.bin_dir.path
    if ctx.label.workspace_root:
        include += "/" + ctx.label.workspace_root
    cc_info = CcInfo(
        compilation_context = cc_common.create_compilation_context(
            headers = depset([header]),
            quote_includes = depset([include]),
        ),
        linking_context = merge_contexts([
            table,
            info.linking_context,
            archive_context(ctx, cc, program.supplied),
            molt_toolchain_of(ctx).runtime.linking_context,
        ]),
    )
    return struct(cc_info = cc_info, header = header, program = program)
