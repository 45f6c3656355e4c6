"""The rules: load everything from here."""

load("//rules_molt/private:cc_library.bzl", _molt_cc_library = "molt_cc_library")
load("//rules_molt/private:executable.bzl", _molt_binary = "molt_binary", _molt_test = "molt_test")
load("//rules_molt/private:library.bzl", _molt_library = "molt_library")
load("//rules_molt/private:providers.bzl", _MoltInfo = "MoltInfo", _MoltToolchainInfo = "MoltToolchainInfo")
load("//rules_molt/private:toolchain.bzl", _molt_toolchain = "molt_toolchain")

MoltInfo = _MoltInfo
MoltToolchainInfo = _MoltToolchainInfo
molt_binary = _molt_binary
molt_cc_library = _molt_cc_library
molt_library = _molt_library
molt_test = _molt_test
molt_toolchain = _molt_toolchain
