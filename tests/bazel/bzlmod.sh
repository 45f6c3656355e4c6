#!/usr/bin/env bash
# Runs run.sh with the Bazel 7 of Debian's unstable release, with modules instead of a WORKSPACE and without network, in a
# chroot made by debootstrap (about 700 MB, some minutes). Needs root; skips where it can't be made.
#
# usage: bzlmod.sh FOLDER   the chroot, which is kept for the next run
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
root=${1:?usage: bzlmod.sh FOLDER}

skip() {
    echo "skipped: $*"
    exit 0
}

[ "$(id -u)" = 0 ] || skip "a chroot needs root"
if [ ! -x "$root/usr/bin/bazel" ] || [ ! -x "$root/usr/bin/git" ]; then
    command -v debootstrap >/dev/null 2>&1 || skip "no debootstrap"
    # Some packages are configured in an order that debootstrap does not know: apt mends it.
    debootstrap --variant=minbase --include=bazel-bootstrap,gcc,g++,git sid "$root" http://deb.debian.org/debian || true
    chroot "$root" apt-get install -y -f --no-install-recommends || skip "no Debian to install from"
fi
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"

cd "$repository"
if [ -z "${MOLT_HOME:-}" ]; then
    cargo build --quiet --release --locked --package molt-build --package molt-runtime-static
    MOLT_HOME=${CARGO_TARGET_DIR:-$repository/target}/release
fi
rm -rf "$root/molt" "$root/prebuilt"
mkdir "$root/molt" "$root/prebuilt"
cp "$MOLT_HOME/molt" "$MOLT_HOME/libmolt_rt.a" "$root/prebuilt/"
git ls-files -z | tar -c --null -T - | tar -x -C "$root/molt"

# Debian's bazelrc replaces the other modules that Bazel comes with.
flags="--enable_bzlmod --noenable_workspace --incompatible_autoload_externally= --incompatible_disable_native_repo_rules"
for module in apple_support buildozer protobuf zlib; do
    flags="$flags --override_module=$module=/molt/bazel/offline/bzlmod/$module"
done
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root MOLT_HOME=/prebuilt BAZEL_FLAGS="$flags" sh -c '
    bazel --version
    cd /molt && git init -q && git add -A && tests/bazel/run.sh'
