#!/bin/sh
# Checks the code without running it, all of it before it says what failed.
# VULNDB names an archive of golang/vulndb's data folder; without
# one, known vulnerabilities are not looked for, and it says so.
set -u
cd "$(dirname "$0")/../.."
tool="go tool -modfile=internal/tools/go.mod"
failed=""

# step <name> <command...>
step() {
	name=$1 begin=$(date +%s)
	shift
	echo "== $name"
	"$@" || failed="$failed $name;"
	echo "   $(($(date +%s) - begin)) s"
}

formatted() { [ -z "$(gofmt -l . | tee /dev/stderr)" ]; }

tidy() { go mod tidy -diff && go -C cmd/bench mod tidy -diff; }

# generated compares the committed pages with what templ makes of their sources.
generated() {
	work=$(mktemp -d)
	cp -R web "$work/web"
	$tool templ generate -path "$work/web" >/dev/null 2>&1 && diff -rq web "$work/web"
	same=$?
	rm -rf "$work"
	return $same
}

vulnerable() {
	db=${VULNDB:-$(ls ../shared/data/go-vulndb-*.tgz 2>/dev/null | tail -1)}
	if [ -z "$db" ] || [ ! -f "$db" ]; then
		echo "skipped: no vulnerability database (VULNDB names one)"
		return
	fi
	work=$(mktemp -d)
	tar -xzf "$db" -C "$work"
	$tool govulncheck -db "file://$work/data/osv" ./...
	found=$?
	rm -rf "$work"
	return $found
}

step format formatted
step vet go vet ./...
step "vet of bench" go -C cmd/bench vet ./...
step staticcheck $tool staticcheck ./...
step tidy tidy
step "generated code" generated
step vulnerabilities vulnerable

[ -z "$failed" ] || { echo "failed:$failed" >&2 && exit 1; }
echo "all checks passed"
