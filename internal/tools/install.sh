#!/bin/sh
# Installs what is named and missing, where apt or brew can: compiler, postgres,
# redis, chromium, poppler, axe. What it cannot install it names in one sentence and goes
# on: whatever needs the part says so itself, and tests without it are skipped
# (with CI set, they fail).
set -u
cd "$(dirname "$0")/../.." || exit

axe_version=4.14.1

# found <path...>: one of them is there.
found() {
	for path in "$@"; do
		[ -e "$path" ] && return
	done
	return 1
}

has() { command -v "$1" >/dev/null; }

has_compiler() { has cc && has make; }

has_postgres() {
	has initdb || found "${PG_BIN:-/nowhere}/initdb" /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb \
		/opt/homebrew/opt/postgresql@*/bin/initdb /usr/local/opt/postgresql@*/bin/initdb
}

has_redis() { has redis-server; }

has_chromium() {
	has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome ||
		found /Applications/Chromium.app "/Applications/Google Chrome.app"
}

has_poppler() { has pdftotext; }

has_axe() {
	grep -q "\"version\": \"$axe_version\"" .cache/axe/node_modules/axe-core/package.json 2>/dev/null &&
		found .cache/axe/node_modules/axe-core/axe.min.js
}

# as_root asks for a password only where somebody can give one.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

apt() {
	[ -n "${updated:-}" ] || as_root apt-get update -qq
	updated=yes
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# package <name for apt> <name for brew>
package() {
	if has apt-get; then
		apt "$1"
	elif has brew; then
		brew install --quiet "$2"
	fi
}

# windowless is a Chromium without windows where there is one: it is smaller, and asks less.
windowless() { { has apt-get && apt chromium-headless-shell 2>/dev/null; } || package chromium google-chrome; }

axe() {
	has npm || package npm node
	npm install --silent --no-save --no-fund --no-audit --prefix .cache/axe "axe-core@$axe_version"
}

# need <part> <command...> installs a missing part with the command.
need() {
	part=$1
	shift
	"has_$part" && return
	echo "installing $part ..."
	"$@"
	"has_$part" || echo "$part is missing and could not be installed here; please install it yourself." >&2
}

for wanted in "$@"; do
	case $wanted in
	compiler) need compiler package build-essential gcc ;;
	postgres) need postgres package postgresql postgresql@16 ;;
	redis) need redis package redis-server redis ;;
	chromium) need chromium windowless ;;
	poppler) need poppler package poppler-utils poppler ;;
	axe) need axe axe ;;
	*) echo "install.sh knows no $wanted" >&2 && exit 2 ;;
	esac
done
