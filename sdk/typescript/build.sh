#!/bin/sh
# usage: build.sh test | pack
#   test   type-checks, builds and tests the package
#   pack   builds it and leaves it in target/
# Installs first what the lock file says, unless that is there. Without Node a developer may build all the rest, and
# reads why this was skipped; the build server may not.
set -eu
cd "$(dirname "$0")"

if ! { command -v node && command -v npm; } >/dev/null 2>&1 \
  || [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" != true ]; then
  echo "Node 20 or later and npm must be on the PATH to build sdk/typescript" >&2
  [ "${CI:-}" != true ] || exit 1
  echo "SKIPPED: sdk/typescript" >&2
  exit 0
fi

quiet="--no-audit --no-fund --no-update-notifier --loglevel=error --cache $PWD/target/npm-cache"
mkdir -p target
if ! cmp -s package-lock.json target/installed.json || [ ! -d node_modules ]; then
  # No package may run a script of its own here.
  npm ci --ignore-scripts $quiet
  cp package-lock.json target/installed.json
fi

case "${1:?test or pack}" in
  test)
    npm test --silent $quiet >target/test.log 2>&1 || { cat target/test.log; exit 1; }
    grep -E '^(#|ℹ) (tests|pass|skipped) ' target/test.log | tr '\n' ' '
    echo
    ;;
  pack)
    npm run build --silent $quiet
    npm pack --ignore-scripts --pack-destination target $quiet
    ;;
esac
