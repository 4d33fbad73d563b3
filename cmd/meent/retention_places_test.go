package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"meent/internal/retention"
)

// source is a file of the house that is not a test.
type source struct {
	path string
	file *ast.File
}

func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "bench") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		all = append(all, source{filepath.ToSlash(strings.TrimPrefix(path, "../../")), file})
		return err
	})
	if err != nil || len(all) < 200 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

// constants gives the rules' names by what they are called in Go.
func constants(t *testing.T, all []source) map[string]retention.Name {
	t.Helper()
	names := map[string]retention.Name{}
	for _, s := range all {
		if s.path != "internal/retention/table.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil && len(v.Values) == 1 {
				names[v.Names[0].Name] = retention.Name(strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`))
			}
			return true
		})
	}
	return names
}

// TestEveryRuleHasOnePlace: each name is a rule, each rule is carried out in one
// package, and what stays in none.
func TestEveryRuleHasOnePlace(t *testing.T) {
	all := sources(t)
	names := constants(t, all)
	if len(names) != len(retention.Rules()) {
		t.Errorf("%d names, %d rules", len(names), len(retention.Rules()))
	}
	names["MailboxNewest"] = retention.Mailbox
	places := map[retention.Name][]string{}
	for _, s := range all {
		if strings.HasPrefix(s.path, "internal/retention/") {
			continue
		}
		folder := filepath.Dir(s.path)
		ast.Inspect(s.file, func(n ast.Node) bool {
			if listsNames(n) {
				return false // what is published carries nothing out
			}
			if name := names[selected(n, "retention")]; name != "" && !slices.Contains(places[name], folder) {
				places[name] = append(places[name], folder)
			}
			return true
		})
	}
	for _, r := range retention.Rules() {
		if n := len(places[r.Name]); n != 1 && !r.Stays || n > 0 && r.Stays {
			t.Errorf("%s is carried out in %v, want one place, or none for what stays", r.Name, places[r.Name])
		}
	}
}

// listsNames reports whether a node is a list or a set of names of rules.
func listsNames(n ast.Node) bool {
	c, ok := n.(*ast.CompositeLit)
	if !ok {
		return false
	}
	switch of := c.Type.(type) {
	case *ast.ArrayType:
		return selected(of.Elt, "retention") == "Name"
	case *ast.MapType:
		return selected(of.Key, "retention") == "Name"
	}
	return false
}

// selected is what a node takes from the package, such as Rules.
func selected(n ast.Node, from string) string {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if x, ok := s.X.(*ast.Ident); !ok || x.Name != from {
		return ""
	}
	return s.Sel.Name
}

// TestNoPeriodStandsElsewhere: what deletes by age stands in the tidy files, and
// these hold no figure of their own.
func TestNoPeriodStandsElsewhere(t *testing.T) {
	byAge := regexp.MustCompile(`(?s)DELETE FROM.*?\b(\w+_at|at|until|day|hour)\b\s*<=?\s`)
	tidies := 0
	for _, s := range sources(t) {
		isTidy := strings.HasSuffix(s.path, "/tidy.go") || strings.HasSuffix(s.path, "/tidy_store.go")
		if isTidy {
			tidies++
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			switch {
			case ok && isTidy && (literal.Kind == token.INT || strings.Contains(literal.Value, "interval '")):
				t.Errorf("%s has a figure of its own: %s", s.path, literal.Value)
			case ok && !isTidy && !mayDeleteByAge(s.path) && byAge.MatchString(literal.Value):
				t.Errorf("%s deletes by age: %s", s.path, literal.Value)
			case isTidy && selected(n, "time") != "":
				t.Errorf("%s counts time by itself: %s", s.path, selected(n, "time"))
			case !isTidy && s.path != "internal/pg/some.go" && selected(n, "pg") == "DeleteSome":
				t.Errorf("%s deletes some", s.path)
			}
			return true
		})
	}
	if tidies != 10 {
		t.Errorf("%d tidy files: the search is broken, or a domain is new", tidies)
	}
}

// mayDeleteByAge is for the queue, whose age is Config.Keep; and for what is part
// of practice.
func mayDeleteByAge(path string) bool {
	return path == "internal/tasks/store.go" || strings.HasPrefix(path, "payments/stripesim/")
}
