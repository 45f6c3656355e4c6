"""cc_common, as Bazel 4 has it built in."""

load(":builtins.bzl", "builtins")

cc_common = builtins.cc_common
