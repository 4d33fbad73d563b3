package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg/pgtest"
	"meent/internal/retention"
)

// dataColumn is one of the database.
type dataColumn struct{ Table, Name, Type string }

// dataItem is a line of the inventory.
type dataItem struct{ table, column, class, purpose, kept string }

// TestInventory holds the data inventory against the database as it is: every
// column stands there, none that is gone, each with a class and a rule that exist.
func TestInventory(t *testing.T) {
	items, columns := readInventory(t), readColumns(t)
	for _, fault := range inventoryFaults(items, columns) {
		t.Error(fault)
	}
	named := map[string]bool{}
	for _, i := range items {
		for _, rule := range strings.Split(i.kept, "|") {
			named[rule] = true
		}
	}
	for _, r := range retention.Rules() {
		if !named[string(r.Name)] {
			t.Errorf("no column is kept by the rule %s", r.Name)
		}
	}
}

func readInventory(t *testing.T) (items []dataItem) {
	t.Helper()
	file, err := os.Open("inventory.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for _, l := range lines[1:] {
		items = append(items, dataItem{l[0], l[1], l[2], l[3], l[4]})
	}
	return items
}

// readColumns asks the database; goose's own tables hold versions only.
func readColumns(t *testing.T) []dataColumn {
	t.Helper()
	const query = `
		SELECT table_schema || '.' || table_name, column_name, data_type FROM information_schema.columns
		WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name <> 'goose_version'
			AND NOT (table_schema = 'payments' AND starts_with(table_name, 'wrong_')) -- views of what must not be
		ORDER BY table_schema, table_name, ordinal_position`
	rows, err := pgtest.New(t, schemas()...).Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[dataColumn])
	if err != nil || len(columns) < 500 {
		t.Fatalf("%d columns, %v", len(columns), err)
	}
	return columns
}

func classes() []string {
	return []string{"none", "identifier", "personal", "sensitive", "secret", "sealed", "money"}
}

func inventoryFaults(items []dataItem, columns []dataColumn) (faults []string) {
	types, tables := map[string]string{}, map[string]bool{}
	for _, c := range columns {
		types[c.Table+"."+c.Name], tables[c.Table] = c.Type, true
	}
	seen := map[string]bool{}
	for _, i := range items {
		name := i.table + "." + i.column
		kind, there := types[name]
		for _, fault := range []struct {
			is   bool
			says string
		}{
			{!there, "is not in the database"},
			{seen[name], "stands there twice"},
			{!slices.Contains(classes(), i.class), fmt.Sprintf("has the unknown class %q", i.class)},
			{i.purpose == "", "has no purpose"},
			{!keptSomehow(i.kept, tables), fmt.Sprintf("is kept by nothing that is known: %q", i.kept)},
			{there && (i.class == "secret" || i.class == "sealed") && kind != "bytea" && !strings.HasSuffix(i.column, "hash"), "is " + i.class + " and readable"},
		} {
			if fault.is {
				faults = append(faults, name+" "+fault.says)
			}
		}
		seen[name] = true
	}
	for _, c := range columns {
		if name := c.Table + "." + c.Name; !seen[name] {
			faults = append(faults, name+" is not in the inventory")
		}
	}
	return faults
}

// keptSomehow holds for rules, for a table with whose row it goes, for reference
// data and for practice.
func keptSomehow(kept string, tables map[string]bool) bool {
	if table, with := strings.CutPrefix(kept, "with "); with {
		return tables[table]
	}
	for _, one := range strings.Split(kept, "|") {
		isRule := slices.ContainsFunc(retention.Rules(), func(r retention.Rule) bool { return string(r.Name) == one })
		if !isRule && one != "reference" && one != "practice" {
			return false
		}
	}
	return true
}

// TestInventoryFaults: the comparison finds each way of being wrong.
func TestInventoryFaults(t *testing.T) {
	columns := []dataColumn{{"members.person", "name", "text"}, {"members.code", "code_hash", "text"}, {"members.code", "wrapped", "bytea"}}
	good := []dataItem{
		{"members.person", "name", "personal", "who it is", "with members.person"},
		{"members.code", "code_hash", "secret", "lets in", "sign_ins|tries"},
		{"members.code", "wrapped", "sealed", "opens", "reference"},
	}
	if faults := inventoryFaults(good, columns); len(faults) > 0 {
		t.Fatalf("a good inventory is wrong: %v", faults)
	}
	for name, spoil := range map[string]func([]dataItem) []dataItem{
		"a column is missing": func(i []dataItem) []dataItem { return i[1:] },
		"a column is gone": func(i []dataItem) []dataItem {
			return append(i, dataItem{"members.person", "age", "personal", "x", "reference"})
		},
		"a line twice":           func(i []dataItem) []dataItem { return append(i, i[0]) },
		"an unknown class":       func(i []dataItem) []dataItem { i[0].class = "public"; return i },
		"no class":               func(i []dataItem) []dataItem { i[0].class = ""; return i },
		"no purpose":             func(i []dataItem) []dataItem { i[0].purpose = ""; return i },
		"an unknown rule":        func(i []dataItem) []dataItem { i[0].kept = "as long as we like"; return i },
		"a known and an unknown": func(i []dataItem) []dataItem { i[0].kept = "tries|for_ever"; return i },
		"with an unknown table":  func(i []dataItem) []dataItem { i[0].kept = "with members.nobody"; return i },
		"a secret that is read":  func(i []dataItem) []dataItem { i[0].class = "secret"; return i },
		"sealed and yet plain":   func(i []dataItem) []dataItem { i[0].class = "sealed"; return i },
		"no rule":                func(i []dataItem) []dataItem { i[0].kept = ""; return i },
	} {
		if faults := inventoryFaults(spoil(slices.Clone(good)), columns); len(faults) != 1 {
			t.Errorf("%s: %v, want one fault", name, faults)
		}
	}
}
