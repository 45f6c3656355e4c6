"""The repository of vendored packages: one molt_library for each.

`molt vendor` puts every package into a folder of its own below vendor/, which is an import root. Before anything is made of
them, `molt` holds them against molt.lock; what it names is all that gets into the repository.
"""

load("//bazel:labels.bzl", "absolute")

_BUILD = """\
load("{defs}", "molt_library")

molt_library(
    name = "{name}",
    srcs = {srcs},
    data = {data},
    imports = ["."],
    lenient = True,
    visibility = ["//visibility:public"],
    deps = {deps},
)
"""

# Files that would mean something to Bazel inside of a package.
_HIDDEN = ["BUILD", "BUILD.bazel", "WORKSPACE", "WORKSPACE.bazel", "MODULE.bazel", "REPO.bazel"]

def _molt_vendor_impl(rctx):
    lock = rctx.path(rctx.attr.lock)
    rctx.path(rctx.attr.manifest)
    result = rctx.execute([rctx.path(rctx.attr.molt), "action", "vendored", lock.dirname])
    if result.return_code != 0:
        fail("the vendored packages are not as molt.lock has them:\n" + result.stderr)
    vendored = json.decode(result.stdout)

    # A label makes the repository depend on the file: after a change, everything is compared again.
    here = absolute(rctx.attr.lock).rpartition(":")[0]
    for package in vendored["packages"]:
        folder = "%s/%s" % (vendored["dir"], package["name"])
        srcs, data = [], []
        for file in package["files"]:
            if file.rpartition("/")[2] in _HIDDEN:
                continue
            path = rctx.path(Label("%s:%s/%s" % (here, folder, file)))
            rctx.symlink(path, "%s/%s" % (package["name"], file))
            (srcs if file in package["modules"] else data).append(file)
        rctx.file(package["name"] + "/BUILD.bazel", _BUILD.format(
            name = package["name"],
            data = repr(data),
            defs = absolute(Label("//rules_molt:defs.bzl")),
            deps = repr(["//" + name for name in package["requires"]]),
            srcs = repr(srcs),
        ))
    rctx.file("BUILD.bazel", "")

molt_vendor_repository = repository_rule(
    doc = "The packages of a vendor folder; @NAME//PACKAGE is a molt_library.",
    implementation = _molt_vendor_impl,
    attrs = {
        "lock": attr.label(
            doc = "molt.lock; molt.toml stands beside it.",
            allow_single_file = True,
            mandatory = True,
        ),
        "manifest": attr.label(
            doc = "vendor/manifest.json.",
            allow_single_file = True,
            mandatory = True,
        ),
        "molt": attr.label(
            doc = "The command.",
            allow_single_file = True,
            mandatory = True,
        ),
    },
)
