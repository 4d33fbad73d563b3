package main

import (
	"os/exec"
	"strings"
	"testing"
)

// line is the import line of the house: a package may import what stands in
// front of it, never what stands behind it.
func line() []string {
	return []string{"internal", "members", "payments", "jobs", "matching", "web", "cmd"}
}

// TestImportLine holds the line for every package, its tests included.
func TestImportLine(t *testing.T) {
	const format = `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}{{range .TestImports}} {{.}}{{end}}{{range .XTestImports}} house:{{.}}{{end}}`
	out, err := exec.Command("go", "list", "-f", format, "meent/...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	packages := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages only", len(packages))
	}
	for _, one := range packages {
		fields := strings.Fields(one)
		for _, wrong := range wrongImports(fields[0], fields[1:]) {
			t.Errorf("%s imports %s, which stands behind it", fields[0], wrong)
		}
	}
}

func TestWrongImports(t *testing.T) {
	tests := []struct {
		name, from string
		imports    []string
		wrong      int
	}{
		{"leftward", "meent/jobs", []string{"meent/members", "meent/internal/pg", "fmt"}, 0},
		{"within one domain", "meent/members/coaching", []string{"meent/members"}, 0},
		{"rightward", "meent/payments", []string{"meent/jobs"}, 1},
		{"internal knows nobody", "meent/internal/tasks", []string{"meent/members"}, 1},
		{"matching never knows payments", "meent/matching", []string{"meent/payments"}, 1},
		{"but its tests build a whole house", "meent/matching", []string{"house:meent/payments"}, 0},
		{"nobody imports the program", "meent/web", []string{"meent/cmd/meent"}, 1},
		{"a stranger in the house", "meent/util", []string{"fmt"}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := wrongImports(tt.from, tt.imports); len(got) != tt.wrong {
				t.Errorf("wrongImports(%s, %v) = %v, want %d", tt.from, tt.imports, got, tt.wrong)
			}
		})
	}
}

func wrongImports(from string, imports []string) (wrong []string) {
	at := standing(from)
	if at < 0 {
		return []string{"nothing, but has no place in the line itself"}
	}
	for _, to := range imports {
		to, house := strings.CutPrefix(to, "house:") // tests from outside, which build what the package stands on
		if !strings.HasPrefix(to, "meent/") {
			continue
		}
		behind := standing(to) > at || standing(to) < 0
		if behind || !house && strings.HasPrefix(from, "meent/matching") && strings.HasPrefix(to, "meent/payments") {
			wrong = append(wrong, to)
		}
	}
	return wrong
}

// standing is the place of a package in the line, -1 for none.
func standing(path string) int {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "meent/"), "/")
	for i, name := range line() {
		if name == first {
			return i
		}
	}
	return -1
}
