"""What a WORKSPACE calls. With bzlmod, see extensions.bzl."""

load("//bazel:toolchain.bzl", "molt_local_toolchain")
load("//rules_molt/private:vendor.bzl", _molt_vendor = "molt_vendor_repository")

def molt_register_toolchains(name = "molt_local"):
    """Brings in the compiler and registers it: a prebuilt one from MOLT_HOME, else one built by Cargo.

    Args:
      name: of the repository.
    """
    molt_local_toolchain(name = name)
    native.register_toolchains("@%s//:toolchain" % name)

def molt_vendor(name, manifest, lock, molt = "@molt_local//:bin/molt"):
    """A repository with one molt_library per vendored package.

    Args:
      name: of the repository; the package six is then @name//six.
      manifest: vendor/manifest.json, which `molt vendor` writes.
      lock: molt.lock, which the files are held against.
      molt: the compiler that compares them.
    """
    _molt_vendor(
        name = name,
        lock = lock,
        manifest = manifest,
        molt = molt,
    )
