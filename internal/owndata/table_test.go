package owndata

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func example() Table {
	return Table{Name: "notes", Columns: []string{"at", "day", "text", "more", "n", "yes"}, Rows: [][]any{
		{time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("", 3600)), Day("2026-11-24"), "a; \"b\"\nc", JSON(`{"b":1}`), int64(-3), true},
		{nil, nil, "=1+1", nil, int64(0), false},
	}}
}

func TestCSV(t *testing.T) {
	var out strings.Builder
	if err := example().CSV(&out); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\xef\xbb\xbf")))
	r.Comma = ';'
	got, err := r.ReadAll()
	if err != nil || len(got) != 3 {
		t.Fatalf("%q, %v", got, err)
	}
	for i, want := range [][]string{
		{"at", "day", "text", "more", "n", "yes"},
		{"2026-11-24T08:00:00Z", "2026-11-24", "a; \"b\"\nc", `{"b":1}`, "'-3", "true"},
		{"", "", "'=1+1", "", "0", "false"},
	} {
		if strings.Join(got[i], "|") != strings.Join(want, "|") {
			t.Errorf("line %d is %q, want %q", i, got[i], want)
		}
	}
}

func TestHarmless(t *testing.T) {
	for _, cell := range []string{"=1+1", "+31", "-1", "@a", "\ta", "\ra", "\na"} {
		if got := harmless(cell); got != "'"+cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
	for _, cell := range []string{"", "a=b", "1-1", " =1"} {
		if got := harmless(cell); got != cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
}

func TestJSON(t *testing.T) {
	text, err := json.Marshal(example())
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"at":"2026-11-24T09:00:00+01:00","day":"2026-11-24","text":"a; \"b\"\nc","more":{"b":1},"n":-3,"yes":true},` +
		`{"at":null,"day":null,"text":"=1+1","more":null,"n":0,"yes":false}]`
	if string(text) != want {
		t.Errorf("%s\nwant\n%s", text, want)
	}
	if text, err = json.Marshal(Table{}); err != nil || string(text) != "[]" {
		t.Errorf("an empty table is %s, %v", text, err)
	}
}

func TestEach(t *testing.T) {
	table := example()
	err := table.Each("day", func(v any) (any, error) { return string(v.(Day)) + "!", nil })
	if err != nil || table.Rows[0][1] != "2026-11-24!" || table.Rows[1][1] != nil {
		t.Errorf("%v, %v", table.Rows, err)
	}
	if err := table.Each("none", nil); err == nil {
		t.Error("a column that is not there is no error")
	}
	broken := errors.New("broken")
	if err := table.Each("text", func(any) (any, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("Each = %v", err)
	}
}
