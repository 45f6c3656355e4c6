#!/usr/bin/env bash
# Checks the form of all Bazel files. Takes `buildifier` from the PATH, else from npm; skips where there is neither.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

buildifier=$(command -v buildifier || true)
if [ -z "$buildifier" ]; then
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) name=linux_amd64 ;;
        Linux-aarch64) name=linux_arm64 ;;
        Darwin-x86_64) name=darwin_amd64 ;;
        Darwin-arm64) name=darwin_arm64 ;;
        *) name= ;;
    esac
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    if [ -z "$name" ] || ! command -v npm >/dev/null 2>&1 ||
        ! npm install --silent --prefix "$scratch" @bazel/buildifier@8.2.1 >/dev/null 2>&1; then
        echo "skipped: no buildifier on PATH, and none from npm"
        exit 0
    fi
    buildifier=$scratch/node_modules/@bazel/buildifier/buildifier-$name
fi
git ls-files -z '*.bazel' '*.bzl' '*WORKSPACE' '*/BUILD' | xargs -0 "$buildifier" --mode=check --lint=warn
echo "passed: buildifier"
