"""molt_toolchain."""

load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load(":providers.bzl", "MoltToolchainInfo")

def _molt_toolchain_impl(ctx):
    return [platform_common.ToolchainInfo(
        molt = MoltToolchainInfo(
            compiler = ctx.attr.compiler[DefaultInfo].files_to_run,
            release_linkopts = ctx.attr.release_linkopts,
            runtime = ctx.attr.runtime[CcInfo],
            runtime_archive = ctx.file.runtime_archive,
            target = ctx.attr.target,
        ),
    )]

molt_toolchain = rule(
    doc = "A compiler with the runtime for one target. Give it to toolchain() with the type //rules_molt:toolchain_type.",
    implementation = _molt_toolchain_impl,
    attrs = {
        "compiler": attr.label(
            doc = "The `molt` command.",
            allow_files = True,
            cfg = "exec",
            executable = True,
            mandatory = True,
        ),
        "release_linkopts": attr.string_list(doc = "More link options of molt_binary and molt_test with -c opt."),
        "runtime": attr.label(
            doc = "A cc_library of the runtime archive with the link options it needs.",
            mandatory = True,
            providers = [CcInfo],
        ),
        "runtime_archive": attr.label(
            doc = "libmolt_rt.a.",
            allow_single_file = [".a"],
            mandatory = True,
        ),
        "target": attr.string(doc = "Target triple; empty is the machine that the compiler runs on."),
    },
)
