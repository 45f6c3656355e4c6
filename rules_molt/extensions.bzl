"""What a MODULE.bazel uses; Bazel 4, which has no modules, never loads it."""

load("//bazel:toolchain.bzl", "molt_local_toolchain")
load("//rules_molt/private:vendor.bzl", "molt_vendor_repository")

_vendor = tag_class(
    doc = "A repository with one molt_library per vendored package.",
    attrs = {
        "lock": attr.label(mandatory = True, doc = "molt.lock"),
        "manifest": attr.label(mandatory = True, doc = "vendor/manifest.json"),
        "name": attr.string(mandatory = True, doc = "Name of the repository."),
    },
)

def _molt_impl(module_ctx):
    molt_local_toolchain(name = "molt_local")
    for module in module_ctx.modules:
        for vendor in module.tags.vendor:
            molt_vendor_repository(
                name = vendor.name,
                lock = vendor.lock,
                manifest = vendor.manifest,
                molt = "@molt_local//:bin/molt",
            )

molt = module_extension(
    implementation = _molt_impl,
    tag_classes = {"vendor": _vendor},
)
