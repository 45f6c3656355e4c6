"""CcInfo, as Bazel 4 has it built in."""

load(":builtins.bzl", "builtins")

CcInfo = builtins.CcInfo
