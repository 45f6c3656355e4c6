"""Bazel 4's builtins under other names: a file that defines CcInfo cannot read the builtin of that name."""

builtins = struct(
    CcInfo = CcInfo,
    cc_common = cc_common,
)
