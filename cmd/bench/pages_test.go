package main

import (
	"testing"
	"time"
)

// TestPages: a small house with a short history is filled without a fault, every
// page shows whose it is, and every figure is there.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and starts the program")
	}
	p, err := startProgram(t.Context(), "MEENT_DEMO=people")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
	h, err := openHistory(t.Context(), p, 60, 8)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.round(t.Context(), 20, 2*time.Second); err != nil {
		t.Fatal(err)
	}
	if n := len(h.half[0].order); n != 40 {
		t.Errorf("%d views were counted, want 40", n)
	}
	_, missing := findPSQL()
	for _, f := range judge(h.figures(40), pagesGoals()) {
		if f.Value <= 0 && (f.Peer != psql || missing == nil) {
			t.Errorf("there is no figure for %s of %s", f.What, f.Peer)
		}
	}
	who := h.members[0]
	who.name += "!"
	if _, err := h.look(t.Context(), homeKind, who, time.Now()); err == nil {
		t.Error("a page without the person's name passes")
	}
	if _, err := h.look(t.Context(), boardKind, h.members[0], time.Now()); err == nil {
		t.Error("a member's page passes for the board")
	}
}

// TestStatements: what Postgres noted is read as it was sent.
func TestStatements(t *testing.T) {
	const log = "bench|LOG:  duration: 0.1 ms  parse stmtcache_1: SELECT\n\t$1\nbench|LOG:  duration: 0.1 ms  bind stmtcache_1: SELECT\n\t$1\n" +
		"bench|DETAIL:  parameters: $1 = 'it''s, $2', $2 = NULL\nbench|LOG:  duration: 0.1 ms  execute stmtcache_1: SELECT\n\t$1\n" +
		"bench|DETAIL:  parameters: $1 = 'it''s, $2', $2 = NULL\nbench|LOG:  duration: 0.02 ms  statement: begin\n" +
		"bench|LOG:  duration: 0.1 ms  bind stmtcache_2: SELECT $1\nbench|DETAIL:  parameters: $1 = '1'\n"
	list := statements(log)
	if len(list) != 2 || list[0].text != "SELECT\n$1" || len(list[0].values) != 2 || list[0].values[0] != "'it''s, $2'" ||
		list[0].values[1] != "NULL" || !list[0].prepared || list[1].text != "begin" || list[1].values != nil || list[1].prepared {
		t.Errorf("the statements are %+v", list)
	}
}
