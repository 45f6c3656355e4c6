#!/usr/bin/env bash
# Builds for other targets and runs what it built: aarch64 Linux in an emulator, static x86-64 Linux (musl) as it is. For each,
# the differential suite in both profiles, then the benchmarks, whose output must be that of this machine's own code.
#
# A part whose pieces are absent is skipped with a message; `docs/targets.md` tells how to get them. Used from the
# environment: MOLT_RUNTIME_DIR (`<target>/libmolt_rt.a` in it), AARCH64_SYSROOT (a folder with `lib/ld-linux-aarch64.so.1`),
# QEMU_AARCH64 (the emulator). Arguments are targets; none means all.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(aarch64-unknown-linux-gnu x86_64-unknown-linux-musl)
cargo build --quiet --release -p molt-build -p molt-runtime-static || exit 1
molt=$PWD/target/release/molt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# The command that runs a program of the target, or a message and status 1.
runner() {
    case $1 in
    aarch64-*)
        local qemu=${QEMU_AARCH64:-qemu-aarch64}
        local root=${AARCH64_SYSROOT:-/usr/aarch64-linux-gnu}
        command -v "$qemu" >/dev/null || { echo "no $qemu (apt-get install qemu-user)" >&2; return 1; }
        if [[ $1 == *-gnu ]]; then
            [ -e "$root/lib/ld-linux-aarch64.so.1" ] || { echo "no glibc in $root (AARCH64_SYSROOT)" >&2; return 1; }
            echo "$qemu -L $root"
        else
            echo "$qemu"
        fi
        ;;
    x86_64-*) [ "$(uname -m)" = x86_64 ] || { echo "this machine is not x86_64" >&2; return 1; } ;;
    *) echo "nothing here runs it" >&2; return 1 ;;
    esac
}

for target in "${targets[@]}"; do
    if ! run=$(runner "$target" 2>"$scratch/why"); then
        echo "skipped $target: $(cat "$scratch/why")"
        continue
    fi
    if ! "$molt" doctor --target "$target" >"$scratch/why" 2>&1; then
        echo "skipped $target: $(grep 'this is missing' "$scratch/why" || cat "$scratch/why")"
        continue
    fi
    echo "== $target: differential suite"
    MOLT=$molt MOLT_TEST_TARGET=$target MOLT_TEST_RUNNER=$run \
        cargo test --quiet --release -p molt-build --test differential || failed=1
    echo "== $target: benchmarks"
    for source in tests/bench/*.py; do
        name=$(basename "$source" .py)
        "$molt" build --release --target "$target" "$source" -o "$scratch/there" &&
            MOLT_RUNTIME_DIR='' "$molt" build --release "$source" -o "$scratch/here" &&
            "$scratch/here" >"$scratch/here.out" &&
            $run "$scratch/there" >"$scratch/there.out" &&
            cmp "$scratch/here.out" "$scratch/there.out" || { echo "$name fails on $target"; failed=1; }
    done
done
[ $failed = 0 ] && echo "done"
exit $failed
