package members_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// counter counts the queries of a pool.
type counter struct{ queries int }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.queries++
	return ctx
}

func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// seals gives sealed texts of so many people, and where they open to.
func (h *house) seals(s *members.Service, people []members.PersonID) (texts []members.SealedText, into []string, gone []bool) {
	h.t.Helper()
	into, gone = make([]string, len(people)), make([]bool, len(people))
	h.tx(func(tx pgx.Tx) error {
		for i, person := range people {
			column := fmt.Sprintf("x@%d", i)
			sealed, err := s.SealTx(h.t.Context(), tx, person, column, fmt.Sprintf("text %d", i))
			if err != nil {
				return err
			}
			texts = append(texts, members.SealedText{Person: person, Column: column, Sealed: sealed, Into: &into[i], Gone: &gone[i]})
		}
		return nil
	})
	return texts, into, gone
}

func (h *house) people(n int) (people []members.PersonID) {
	h.t.Helper()
	for i := range n {
		people = append(people, h.person(fmt.Sprintf("p%d@meent.example", i)))
	}
	return people
}

// TestOpenAllAsksOnce for the keys of however many people, and not at all where
// nothing is sealed.
func TestOpenAllAsksOnce(t *testing.T) {
	h := newHouse(t)
	s := h.with(h.db, newKey(t))
	people := h.people(9)
	people = append(people, people[0], people[1])
	texts, into, gone := h.seals(s, people)
	config, count := h.db.Config(), &counter{}
	config.ConnConfig.Tracer = count
	db, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := s.OpenAll(t.Context(), db, texts); err != nil || count.queries != 1 {
		t.Fatalf("%d queries, %v", count.queries, err)
	}
	for i := range into {
		if into[i] != fmt.Sprintf("text %d", i) || gone[i] {
			t.Errorf("%d is %q, gone: %v", i, into[i], gone[i])
		}
	}
	var none string
	empty := []members.SealedText{{Person: people[0], Column: "x", Into: &none, Gone: &gone[0]}}
	if err := h.with(db).OpenAll(t.Context(), db, empty); err != nil || count.queries != 1 || none != "" || gone[0] {
		t.Errorf("where nothing is sealed: %d queries, %q, %v, %v", count.queries, none, gone[0], err)
	}
}

func TestOpenAllMarksWhatIsGone(t *testing.T) {
	h := newHouse(t)
	s, people := h.with(h.db, newKey(t)), h.people(4)
	texts, into, gone := h.seals(s, people)
	h.tx(func(tx pgx.Tx) error { return s.DestroyKeyTx(t.Context(), tx, people[1]) })
	texts[2].Column = "elsewhere"
	texts[3].Sealed = texts[0].Sealed
	if err := s.OpenAll(t.Context(), h.db, texts); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, true, true} {
		if gone[i] != want || (into[i] == "") != want {
			t.Errorf("%d is %q, gone: %v", i, into[i], gone[i])
		}
	}
	for name, other := range map[string]*members.Service{"no key": h.with(h.db), "another key": h.with(h.db, newKey(t))} {
		if err := other.OpenAll(t.Context(), h.db, texts); !errors.Is(err, members.ErrNoKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadingWaitsForNobody: neither for who seals nor for who destroys.
func TestReadingWaitsForNobody(t *testing.T) {
	h := newHouse(t)
	s, people := h.with(h.db, newKey(t)), h.people(2)
	texts, into, gone := h.seals(s, people)
	h.tx(func(tx pgx.Tx) error {
		if err := s.DestroyKeyTx(t.Context(), tx, people[0]); err != nil {
			return err
		}
		if _, err := s.SealTx(t.Context(), tx, people[1], "y", "another"); err != nil {
			return err
		}
		if err := s.OpenAll(t.Context(), h.db, texts); err != nil || into[0] != "text 0" || into[1] != "text 1" || gone[0] {
			t.Errorf("meanwhile: %q, %v, %v", into, gone, err)
		}
		return pgx.BeginFunc(t.Context(), h.db, func(other pgx.Tx) error { // two seal for one person at once
			_, err := s.SealTx(t.Context(), other, people[1], "z", "a third")
			return err
		})
	})
}
