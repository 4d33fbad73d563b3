package members_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/check"
	"meent/members"
)

const membersHead = "Naam;E-mail;Plaats;Reist;Km\n"

func (h *house) upload(by members.Actor, kind members.ImportKind, file string) members.Import {
	h.t.Helper()
	i, err := h.Upload(h.t.Context(), by, kind, []byte(file))
	if err != nil {
		h.t.Fatal(err)
	}
	found, err := h.Import(h.t.Context(), by, i)
	if err != nil {
		h.t.Fatal(err)
	}
	return found
}

func wrongCells(i members.Import) (list []string) {
	for _, p := range i.Wrong {
		list = append(list, fmt.Sprintf("%d %s %s", p.Line, p.Field, p.Rule))
	}
	return list
}

func TestImportReadsWhatSpreadsheetsWrite(t *testing.T) {
	h := newHouse(t)
	h.cooperative("Waalkracht")
	noor := h.coordinator()
	for name, file := range map[string]string{
		"UTF-8":             membersHead + "Zoë de Wit;zoe@meent.example;Nijmegen;fiets;8\n",
		"UTF-8 with BOM":    "\xef\xbb\xbf" + membersHead + "Zoë de Wit;zoe@meent.example;nijmegen;FIETS;8\n",
		"Windows-1252":      membersHead + "Zo\xeb de Wit;zoe@meent.example;Nijmegen;fiets;8\r\n",
		"commas and quotes": "naam,email,woonplaats,travel,reach,gemeente\n\"Zoë de Wit\",\" Zoe@Meent.example\",Nijmegen,bike,8,\n",
		"other order":       "km;reist;plaats;mail;naam\n8;fiets;Nijmegen;zoe@meent.example;Zoë de Wit",
	} {
		got := h.upload(noor, members.ImportMembers, file)
		if got.Rows != 1 || len(got.Wrong) > 0 || got.First[0]["name"] != "Zoë de Wit" {
			t.Errorf("%s: %+v %v", name, got.First, wrongCells(got))
		}
	}
}

func TestImportRefusesFiles(t *testing.T) {
	h := newHouse(t)
	sam := h.member(h.cooperative("Waalkracht"), email)
	noor := h.coordinator()
	row := "Sam;sam%d@meent.example;Nijmegen;fiets;8\n"
	for _, tt := range []struct{ name, file, rule string }{
		{"empty", "", "not_csv"}, {"only a head", membersHead, "no_rows"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00", "not_csv"}, {"UTF-16", "\xff\xfeN\x00a\x00", "not_csv"},
		{"an open quote", membersHead + "\"Sam;x\n", "not_csv"},
		{"a strange column", strings.Replace(membersHead, "Km", "BSN", 1) + "a;b;c;d;e\n", "unknown_column"},
		{"one twice", strings.Replace(membersHead, "Km", "Naam", 1) + "a;b;c;d;e\n", "unknown_column"},
		{"one missing", "Naam;E-mail\na;b\n", "missing_column"},
		{"too many cells", membersHead + "a;b;c;d;e;f\n", "too_many_cells"},
		{"5001 rows", membersHead + strings.Repeat(row, 5001), "too_many_rows"},
		{"100,000 rows", membersHead + strings.Repeat("a;b;c;d\n", 100_000), "too_many_rows"},
		{"more than a megabyte", membersHead + strings.Repeat("a", members.MostImport), "file_too_large"},
	} {
		var problems check.Problems
		if _, err := h.Upload(t.Context(), noor, members.ImportMembers, []byte(tt.file)); !errors.As(err, &problems) || problems[0].Field != "file" || problems[0].Rule != tt.rule {
			t.Errorf("%s gave %v, want %s", tt.name, err, tt.rule)
		}
	}
	if _, err := h.Upload(t.Context(), sam, members.ImportMembers, nil); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member uploads: %v", err)
	}
}

func TestImportNamesEachCell(t *testing.T) {
	h := newHouse(t)
	h.member(h.cooperative("Waalkracht"), email)
	noor := h.coordinator()
	got := h.upload(noor, members.ImportMembers, membersHead+
		"Sam;sam@meent.example;Nijmegen;fiets;8\n"+
		";sam;Atlantis;raket;veel\n"+
		"Sam Twee;SAM@meent.example;Nijmegen;auto;101\n"+
		"Anna;anna@meent.example;Nijmegen;ov;5\n"+
		"Kort\n")
	want := []string{"3 place unknown_place", "3 name missing", "3 email not_an_email", "3 travel not_a_choice", "3 reach not_a_number",
		"4 reach out_of_range", "4 email twice", "5 email there_already",
		"6 place missing", "6 email missing", "6 travel not_a_choice", "6 reach not_a_number"}
	if diff := cmp.Diff(want, wrongCells(got)); diff != "" {
		t.Error(diff)
	}
	if err := h.Confirm(t.Context(), noor, got.ID); !errors.Is(err, members.ErrImportWrong) {
		t.Errorf("confirming it gave %v", err)
	}
	if list, err := h.Members(t.Context(), noor, ""); err != nil || len(list) != 1 {
		t.Errorf("half of it was done: %+v, %v", list, err)
	}
	clients := h.upload(noor, members.ImportClients, "naam;soort;plaats;adres\nDe Linde;winkel;Arnhem;Laan 1\nDe Linde;huishouden;Arnhem;\n")
	if diff := cmp.Diff([]string{"2 kind not_a_choice", "3 name twice"}, wrongCells(clients)); diff != "" {
		t.Error(diff)
	}
}

// TestImportOfManyAtOnce: whole, once, and in time.
func TestImportOfManyAtOnce(t *testing.T) {
	h := newHouse(t)
	h.cooperative("Waalkracht")
	noor := h.coordinator()
	var file strings.Builder
	file.WriteString(strings.TrimSpace(membersHead) + ";Gemeente\n")
	for n := range members.MostImportRows {
		fmt.Fprintf(&file, "Mens %d;mens%d@meent.example;Nijmegen;fiets;8;ja\n", n, n)
	}
	got := h.upload(noor, members.ImportMembers, file.String())
	begin := time.Now()
	var all sync.WaitGroup
	var done atomic.Int32
	for range 4 {
		all.Go(func() {
			switch err := h.Confirm(t.Context(), noor, got.ID); {
			case err == nil:
				done.Add(1)
			case !errors.Is(err, members.ErrNotFound):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	list, err := h.Members(t.Context(), noor, members.Referred)
	if err != nil || len(list) != members.MostImportRows || done.Load() != 1 {
		t.Fatalf("%d members, done %d times, %v", len(list), done.Load(), err)
	}
	if stands := h.stands(noor, list[0].ID); stands.Consent != members.ConsentNo {
		t.Errorf("the municipality is forgotten: %+v", stands)
	}
	log, err := h.AuditLog(t.Context(), noor, 0)
	if err != nil || log[0].What != "members_imported" || log[0].Detail["rows"] != "5000" {
		t.Errorf("the deed is %+v, %v", log[0], err)
	}
}

func TestImportIsItsUploadersForAnHour(t *testing.T) {
	h := newHouse(t)
	waal := h.cooperative("Waalkracht")
	noor := h.coordinator()
	far := noor
	far.Cooperative = h.cooperative("Maasland")
	sam := h.member(waal, email)
	got := h.upload(noor, members.ImportClients, "naam;soort;plaats\nDe Linde;organisatie;Arnhem\n")
	for name, by := range map[string]members.Actor{"another cooperative": far, "a member": sam, "a visitor": {}} {
		if _, err := h.Import(t.Context(), by, got.ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s looks: %v", name, err)
		}
		if err := h.Confirm(t.Context(), by, got.ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s confirms: %v", name, err)
		}
		if name != "another cooperative" {
			if _, err := h.Export(t.Context(), by, members.ImportMembers); !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s exports: %v", name, err)
			}
		}
	}
	h.now = h.now.Add(time.Hour)
	if err := h.Confirm(t.Context(), noor, got.ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after an hour: %v", err)
	}
	got = h.upload(noor, members.ImportClients, "naam;soort;plaats\n=1+1;organisatie;Arnhem\n")
	if err := h.Confirm(t.Context(), noor, got.ID); err != nil {
		t.Fatal(err)
	}
	rows, err := h.Export(t.Context(), noor, members.ImportClients)
	if diff := cmp.Diff([][]string{{"naam", "soort", "plaats", "adres"}, {"=1+1", "organisatie", "Arnhem", ""}}, rows); err != nil || diff != "" {
		t.Errorf("the export: %v\n%s", err, diff)
	}
	rows, err = h.Export(t.Context(), noor, members.ImportMembers)
	if diff := cmp.Diff([]string{"Noor Bakker", "anna@meent.example", "Nijmegen", "fiets", "5", "nee", "member"}, rows[1]); err != nil || diff != "" {
		t.Errorf("the export: %v\n%s", err, diff)
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{"=1+1": "'=1+1", "+31": "'+31", "-1": "'-1", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra", "a=b": "a=b", "": ""} {
		if got := members.Harmless(cell); got != want {
			t.Errorf("%q became %q", cell, got)
		}
	}
}
