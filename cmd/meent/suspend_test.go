package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// restricting lists what leads to a restriction, from the row to the form, and
// the one file in which each may be called.
func restricting() map[string]string {
	return map[string]string{
		"insertRestriction": "members/restrict.go", // the row: in Restrict
		"Restrict":          "web/restriction.go",  // the verb: behind a form
		"restrictPerson":    "web/routes.go",       // the form: behind a route
		"INSERT":            "members/restrict_store.go",
	}
}

// TestNoMachineSuspendsAnyone walks the whole program: no task, timer or rule
// reaches what restricts a person. Only a form of a coordinator does.
func TestNoMachineSuspendsAnyone(t *testing.T) {
	found := map[string][]string{}
	eachFile(t, func(path string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			for name := range restricting() {
				if mentions(n, name) {
					found[name] = append(found[name], path)
				}
			}
			return true
		})
	})
	for name, want := range restricting() {
		if places := slices.Compact(found[name]); !slices.Equal(places, []string{want}) {
			t.Errorf("%s is used in %v, want %s alone", name, places, want)
		}
	}
}

// TestNoMigrationSuspendsAnyone: no function or trigger writes such a row.
func TestNoMigrationSuspendsAnyone(t *testing.T) {
	files, err := filepath.Glob("../../*/migrations/*.sql")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d migrations found, %v", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if insertsRestriction.Match(text) {
			t.Errorf("%s restricts somebody", name)
		}
	}
}

var insertsRestriction = regexp.MustCompile(`(?i)insert\s+into\s+members\.restriction\b`)

// TestNoTaskIsHandledByThat: what tasks.go maps kinds to holds no word of it.
func TestNoTaskIsHandledByThat(t *testing.T) {
	handlers := 0
	eachFile(t, func(path string, file *ast.File) {
		if path != "cmd/meent/tasks.go" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 || !regexp.MustCompile(`^(Handle|HandleTx|Every|Daily|Weekly)$`).MatchString(called(call)) {
				return true
			}
			handlers++
			ast.Inspect(call, func(n ast.Node) bool {
				name, ok := n.(*ast.Ident)
				if ok && regexp.MustCompile(`^(Restrict|Restore|RefuseClient|AnswerReview|TakeReview)(Tx)?$`).MatchString(name.Name) {
					t.Errorf("a task is handled by %s", name.Name)
				}
				return true
			})
			return true
		})
	})
	if handlers < 25 {
		t.Errorf("only %d handlers found: the search is broken", handlers)
	}
}

func called(call *ast.CallExpr) string {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}

// mentions reports a use of the name that is not its declaration; INSERT is a
// statement that writes a restriction.
func mentions(n ast.Node, name string) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		return name == "INSERT" && insertsRestriction.MatchString(n.Value)
	case *ast.CallExpr:
		f, ok := n.Fun.(*ast.Ident)
		return ok && f.Name == name || called(n) == name || slices.ContainsFunc(n.Args, func(e ast.Expr) bool { return isValue(e, name) })
	case *ast.CompositeLit:
		return slices.ContainsFunc(n.Elts, func(e ast.Expr) bool { return isValue(e, name) })
	case *ast.AssignStmt:
		return slices.ContainsFunc(n.Rhs, func(e ast.Expr) bool { return isValue(e, name) })
	}
	return false
}

// isValue reports the function itself, handed on to be called by others.
func isValue(e ast.Expr, name string) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == name
	case *ast.SelectorExpr:
		return e.Sel.Name == name
	}
	return false
}

// eachFile parses all of the program but its tests.
func eachFile(t *testing.T, look func(path string, file *ast.File)) {
	t.Helper()
	parsed, set := 0, token.NewFileSet()
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		name := strings.TrimPrefix(filepath.ToSlash(path), "../../")
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, ".") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err == nil {
			parsed++
			look(name, file)
		}
		return err
	})
	if err != nil || parsed < 100 {
		t.Fatalf("%d files read, %v", parsed, err)
	}
}
