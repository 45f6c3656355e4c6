"""Finds the C++ toolchain as Bazel 4 does: by the attribute `_cc_toolchain`, or by toolchain resolution where that is on."""

load("//cc/common:cc_common.bzl", "cc_common")

CC_TOOLCHAIN_TYPE = "@bazel_tools//tools/cpp:toolchain_type"

def use_cc_toolchain(mandatory = True):  # buildifier: disable=unused-variable
    """For rule(toolchains = ...).

    Args:
      mandatory: Bazel 4 knows no optional toolchains.

    Returns:
      list of toolchain types
    """
    return [CC_TOOLCHAIN_TYPE]

def find_cc_toolchain(ctx, mandatory = True):  # buildifier: disable=unused-variable
    """The C++ toolchain of a target.

    Args:
      ctx: the rule's.
      mandatory: Bazel 4 knows no optional toolchains.

    Returns:
      CcToolchainInfo
    """
    if cc_common.is_cc_toolchain_resolution_enabled_do_not_use(ctx = ctx):
        info = ctx.toolchains[CC_TOOLCHAIN_TYPE]
        return info.cc if hasattr(info, "cc") else info
    return ctx.attr._cc_toolchain[cc_common.CcToolchainInfo]
