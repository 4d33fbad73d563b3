package main

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg/pgtest"
	"meent/matching"
)

// TestSourcesOfMatching holds what is published of the data that enter matching against
// the inventory of all columns, and against the tables of members that the engine follows:
// none of those is left out.
func TestSourcesOfMatching(t *testing.T) {
	items, named := map[string]dataItem{}, map[string]bool{}
	for _, i := range readInventory(t) {
		items[i.table+"."+i.column] = i
	}
	for _, source := range matching.Sources() {
		for _, c := range source.Columns {
			item, there := items[c.Name]
			var kept []string
			for _, rule := range c.Kept {
				kept = append(kept, string(rule))
			}
			rules := strings.Join(kept, "|")
			if strings.HasPrefix(item.kept, "with ") {
				item.kept = "" // as long as the member or the person
			}
			if !there || item.class != string(c.Class) || item.kept != rules {
				t.Errorf("%s of %s is %s, kept %q; in the inventory (%v) %s, kept %q", c.Name, source.Datum, c.Class, rules, there, item.class, item.kept)
			}
			named[c.Name[:strings.LastIndex(c.Name, ".")]] = true
		}
	}
	const query = `SELECT event_object_schema || '.' || event_object_table FROM information_schema.triggers WHERE trigger_name = 'matching_follows' GROUP BY 1`
	rows, err := pgtest.New(t, schemas()...).Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	followed, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(followed) < 20 {
		t.Fatal(followed, err)
	}
	ofWork := map[string]bool{"jobs.gig": true, "jobs.gig_skill": true, "jobs.gig_ability": true, "jobs.gig_meeting": true, "jobs.shift": true, "jobs.worktime_rule": true}
	for _, table := range followed {
		if !named[table] && !ofWork[table] {
			t.Errorf("the engine follows %s, of which nothing is published", table)
		}
	}
}
