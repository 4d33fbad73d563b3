#!/bin/sh
# Installs what is named and missing, where apt or brew can: postgres, redis,
# chromium, axe. Says in one sentence what it cannot install.
set -eu
cd "$(dirname "$0")/../.."

axe_version=4.14.1

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

have_postgres() {
	[ -n "${PG_BIN:-}" ] || command -v initdb >/dev/null ||
		ls /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql@*/bin/initdb /usr/local/opt/postgresql@*/bin/initdb >/dev/null 2>&1
}

have_chromium() {
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
		ls "/Applications/Chromium.app" "/Applications/Google Chrome.app" >/dev/null 2>&1
}

# package <what> <name for apt> <name for brew>
package() {
	echo "installing $1 ..."
	if command -v apt-get >/dev/null; then
		[ -n "${updated:-}" ] || as_root apt-get update -qq
		updated=yes
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null && return
	elif command -v brew >/dev/null; then
		brew install --quiet "$3" && return
	fi
	echo "$1 is missing and cannot be installed here: install the package $2 yourself." >&2
	return 1
}

axe() {
	[ -f .cache/axe/node_modules/axe-core/axe.min.js ] && return
	command -v npm >/dev/null || { echo "npm is missing: install Node.js, which brings axe-core for the tests of accessibility." >&2; return 1; }
	npm install --silent --no-save --no-fund --no-audit --prefix .cache/axe "axe-core@$axe_version"
}

for part in "$@"; do
	case $part in
	postgres) have_postgres || package Postgres postgresql postgresql@16 ;;
	redis) command -v redis-server >/dev/null || package Redis redis-server redis ;;
	chromium) have_chromium || package Chromium chromium chromium ;;
	axe) axe ;;
	*) echo "install.sh knows no $part" >&2 && exit 2 ;;
	esac
done
