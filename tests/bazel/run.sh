#!/usr/bin/env bash
# Checks the Bazel rules with the `bazel` on PATH: examples, reproducibility, what is compiled again after an edit, and what is
# refused. Takes the Molt in MOLT_HOME, else the one that Cargo builds. Skips where there is no Bazel.
#
# BAZEL_FLAGS are added to every command (for example `--override_module=…`). Everything happens on copies below a scratch folder.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$repository"

if ! command -v bazel >/dev/null 2>&1; then
    echo "skipped: no bazel on PATH (Debian: apt-get install --no-install-recommends bazel-bootstrap)"
    exit 0
fi
if [ -z "${MOLT_HOME:-}" ]; then
    cargo build --quiet --release --locked --package molt-build --package molt-runtime-static
    MOLT_HOME=${CARGO_TARGET_DIR:-$repository/target}/release
fi
export MOLT_HOME
molt=$MOLT_HOME/molt
[ -x "$molt" ] || molt=$MOLT_HOME/bin/molt
read -r -a flags <<<"${BAZEL_FLAGS:-}"

scratch=$(mktemp -d)
started=()

# bazel NAME COMMAND…: in the current folder, with an output base of its own, named NAME.
in_base() {
    local base=$scratch/$1 command=$2
    shift 2
    started+=("$PWD|$base")
    command bazel --output_base="$base" --host_jvm_args=-Xmx1g "$command" \
        --symlink_prefix=/ --noshow_progress --show_result=0 --ui_event_filters=-info "${flags[@]}" "$@"
}

finish() {
    local entry
    for entry in "${started[@]}"; do
        (cd "${entry%%|*}" && command bazel --output_base="${entry##*|}" --host_jvm_args=-Xmx1g shutdown) >/dev/null 2>&1 || true
    done
    chmod -R u+w "$scratch"
    rm -rf "$scratch"
}
trap finish EXIT

fail() {
    echo "failed: $*" >&2
    exit 1
}

passed() {
    echo "passed: $*"
}

# The digests of what was built below a folder of the output tree. Runfiles manifests hold absolute paths by nature.
digests() {
    (cd "$1" && find . -type f ! -path '*.runfiles/*' ! -name '*.runfiles_manifest' ! -name MANIFEST -print0 |
        sort -z | xargs -0 sha256sum)
}

# How often an action of a kind ran in the last build, by the execution log.
ran() {
    grep -c "\"mnemonic\": \"$1\"" "$scratch/log" || true
}

expect_ran() {
    local kind count
    for kind in "$@"; do
        count=$(ran "${kind%=*}")
        [ "$count" = "${kind#*=}" ] || fail "$what: ${kind%=*} ran $count times, not ${kind#*=}"
    done
    passed "$what reruns $*"
}

# expect_refused PARTS…: the target named in `target` must not build, and the messages must have these parts.
expect_refused() {
    local part
    if in_base consumer build "$target" >"$scratch/messages" 2>&1; then
        fail "$target was built"
    fi
    for part in "$@"; do
        grep -qF -- "$part" "$scratch/messages" || { cat "$scratch/messages" >&2; fail "$target: no '$part' in the messages"; }
    done
    passed "$target is refused"
}

# The files under version control, in a folder.
copy_repository() {
    mkdir -p "$1"
    git -C "$repository" ls-files -z | tar -C "$repository" -c --null -T - | tar -x -C "$1"
}

# --- The examples ---------------------------------------------------------------------------------------------------------
copy_repository "$scratch/here"
cd "$scratch/here"
in_base one test -c opt //... || fail "the examples"
receipt=$(in_base one run -c opt //examples/bazel/app:order -- 1 darjeeling, 2 sencha 2>/dev/null)
[ "$(sed -n 3p <<<"$receipt")" = "total              13.00" ] || fail "the example prints: $receipt"
in_base one run -c opt //examples/bazel/embed:receipt 2>/dev/null | grep -q "total  *12.30" || fail "the C example"
passed "the examples"

# The archive for C programs outside of Bazel.
bin=$(in_base one info -c opt bazel-bin 2>/dev/null)
cc -std=c11 -Wall -Wextra -Werror -I"$bin" -o "$scratch/counter" examples/bazel/embed/counter_test.c \
    "$bin/examples/bazel/embed/libcounter.a" -Wl,--gc-sections -lm -lpthread -ldl
"$scratch/counter" || fail "the C program that is linked without Bazel"
passed "libcounter.a in a C program"

# --- Another output base, another folder: the same bytes ------------------------------------------------------------------
digests "$bin/examples/bazel" >"$scratch/one.digests"
copy_repository "$scratch/else/where"
cd "$scratch/else/where"
in_base two build -c opt //...
digests "$(in_base two info -c opt bazel-bin 2>/dev/null)/examples/bazel" >"$scratch/two.digests"
count=$(wc -l <"$scratch/one.digests")
[ "$count" -gt 30 ] || fail "only $count files were built"
diff "$scratch/one.digests" "$scratch/two.digests" >&2 || fail "two folders give different bytes"
passed "$count files have the same bytes in two folders"

# --- A project that uses the rules ----------------------------------------------------------------------------------------
cp -r "$repository/tests/bazel/consumer" "$scratch/project"
cd "$scratch/project"
sed -i.bak "s#\.\./\.\./\.\.#$scratch/here#" WORKSPACE MODULE.bazel
"$molt" lock 2>/dev/null
in_base consumer test -c opt --execution_log_json_file="$scratch/log" //... || fail "the project"
[ "$(in_base consumer run -c opt //:app 2>/dev/null)" = "sencha: 3 x 410 = <1230> green" ] || fail "the project's program"
passed "a project in a repository of its own, with a vendored package"

if in_base consumer test -c opt //:failing_test >/dev/null 2>&1; then
    fail "a test that ends with status 1 passes"
fi
logs=$(in_base consumer info -c opt bazel-testlogs 2>/dev/null)
grep -q "this test fails" "$logs/failing_test/test.log" || fail "a failing test has no log"
passed "a test that fails"

# The objects are those that `molt build` makes.
"$molt" build app.py --release --emit obj -o "$scratch/objects" --no-cache
bin=$(in_base consumer info -c opt bazel-bin 2>/dev/null)
for pair in app/__main__ shop/shop shop/shop.stock shop/shop.prices kinds/space.kinds.green; do
    cmp "$bin/_molt/$pair.pic.o" "$scratch/objects/${pair#*/}.o" || fail "${pair#*/}: not the object that molt build makes"
done
passed "the objects are those of molt build"

# --- What an edit compiles again --------------------------------------------------------------------------------------------
rebuild() {
    in_base consumer build -c opt --execution_log_json_file="$scratch/log" //:app
}
what="an edit inside of a function"
sed -i.bak 's/"assam": 320/"assam": 330/' shop/prices.py
rebuild
expect_ran MoltFacts=1 MoltCompile=1 MoltSupplied=0

what="a new signature"
sed -i.bak 's/def price(name: str)/def price(name: str, day: int = 0)/' shop/prices.py
rebuild
# The module, and the one of five that imports it.
expect_ran MoltFacts=1 MoltCompile=2 MoltProgram=1 MoltSupplied=0

what="a comment"
printf '# nothing\n' >>shop/counts.py
rebuild
expect_ran MoltFacts=1 MoltCompile=1 MoltSupplied=0

# --- What is refused --------------------------------------------------------------------------------------------------------
target=//:without_deps expect_refused "app.py:1:6: error[MOLT0301]" "no module named \`shop\`" "\`deps\`"
target=//:without_main expect_refused "set \`main\`"
target=//:reaches_old expect_refused "leaf/old.py:1:7: error[MOLT0101]"
target=//:two_programs expect_refused "molt_program"
printf '\n' >>vendor/leaf/leaf/__init__.py
target=//:app expect_refused "error[MOLT0414]" "leaf/__init__.py"
