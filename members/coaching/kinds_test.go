package coaching

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestEveryKindNeedsAGrantThatMembersCanGive compares the table with the CHECK
// of the migration and with the scopes of the page.
func TestEveryKindNeedsAGrantThatMembersCanGive(t *testing.T) {
	text, err := os.ReadFile("migrations/0421_pay_facts.sql")
	if err != nil {
		t.Fatal(err)
	}
	check := regexp.MustCompile(`(?s)fact_kind_known CHECK \(kind IN \((.*?)\)\)`).FindSubmatch(text)
	known := map[Kind]bool{}
	for _, name := range regexp.MustCompile(`'(\w+)'`).FindAllSubmatch(check[1], -1) {
		known[Kind(name[1])] = true
	}
	table := needs()
	for kind, scope := range table {
		if !known[kind] || !slices.Contains(Scopes(), scope) {
			t.Errorf("%s with %s: known to the database %v", kind, scope, known[kind])
		}
	}
	if len(known) != len(table) {
		t.Errorf("the database knows %d kinds, the table %d", len(known), len(table))
	}
}
