package coaching_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// TestPagesOfOneCoachAtOnce: in a new hour several pages note the same lines, and
// none waits for another that waits for it.
func TestPagesOfOneCoachAtOnce(t *testing.T) {
	s := newSigning(t)
	s.must(s.grant(members.Scopes()...))
	statement := s.begin(autumn())
	pages := map[string]func(context.Context) error{
		"caseload": func(ctx context.Context) error { _, err := s.Caseload(ctx, s.els); return err },
		"progress": func(ctx context.Context) error { _, err := s.Progress(ctx, s.els, s.anna.Member); return err },
		"timeline": func(ctx context.Context) error {
			_, err := s.Timeline(ctx, s.els, s.anna.Member, coaching.FactID{})
			return err
		},
		"statement": func(ctx context.Context) error {
			_, err := s.StatementOf(ctx, s.els, s.anna.Member, statement)
			return err
		},
		"goals": func(ctx context.Context) error { _, err := s.ContactGoals(ctx, s.els, s.anna.Member); return err },
	}
	for range 25 {
		s.now = s.now.Add(time.Hour)
		atOnce(t, pages, 2)
	}
}

// atOnce does each of these so many times, all at the same moment.
func atOnce(t *testing.T, each map[string]func(context.Context) error, times int) {
	t.Helper()
	var group sync.WaitGroup
	start := make(chan struct{})
	for name, do := range each {
		for range times {
			group.Go(func() {
				<-start
				if err := do(t.Context()); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	close(start)
	group.Wait()
}

// TestReleaseWhileKeysAreGiven: the coach asks and agrees while the member gives
// the same keys again; the key is never away.
func TestReleaseWhileKeysAreGiven(t *testing.T) {
	s := newShop(t)
	s.must(s.grant(members.Scopes()...))
	for i := range 25 {
		client := s.contact(s.c, "klant"+strconv.Itoa(i))
		other := s.contact(s.c, "ander"+strconv.Itoa(i))
		s.must(s.ShowTo(t.Context(), s.anna, to(client)))
		release := s.newest().ID
		s.now = s.now.Add(time.Minute)
		atOnce(t, map[string]func(context.Context) error{
			"give":  func(context.Context) error { return s.grant(members.Scopes()...) },
			"agree": func(ctx context.Context) error { return s.AgreeAsCoach(ctx, s.els, s.anna.Member, release) },
			"ask": func(ctx context.Context) error {
				return s.AskToShow(ctx, s.els, s.anna.Member, to(other))
			},
		}, 1)
		if t.Failed() {
			t.Fatal("in round " + strconv.Itoa(i))
		}
	}
	if err := s.AgreeAsCoach(t.Context(), s.bob, s.anna.Member, s.newest().ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another coach agrees: %v", err)
	}
}
