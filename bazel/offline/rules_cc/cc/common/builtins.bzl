"""Bazel 4's builtins under other names: a file that defines CcInfo cannot read the builtin of that name."""

builtins = struct(
    CcInfo = CcInfo,  # buildifier: disable=native-cc-info
    cc_common = cc_common,  # buildifier: disable=native-cc-common
)
