package jobs

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/members"
)

// TestEngagementMovesLead: each move leads to one state, from every state from which
// it may be made that is a step of the table of states, or leaves it there; from a
// closed engagement nothing leads on, and from every other state something does.
func TestEngagementMovesLead(t *testing.T) {
	to := map[EngagementMove]EngagementState{
		MoveBegin: Started, MoveDone: Finished, MoveLeave: CalledOff, MoveCallOff: CalledOff, MoveMiss: Absent, MoveDeny: Absent, MoveUphold: Absent,
		MoveRight: Confirmed, MoveHours: Finished, MovePart: Agreed, MoveSettle: Billed, MovePay: Paid, MovePayBack: Billed,
	}
	out := map[EngagementState]bool{}
	for _, m := range EngagementMoves() {
		r := m.rule()
		if r.to != to[m] || len(r.by) == 0 || len(r.from) == 0 {
			t.Errorf("%s is %+v, want to %q", m, r, to[m])
		}
		for _, from := range r.from {
			out[from] = true
			if _, err := steps(from, r.to); err != nil {
				t.Errorf("%s: %v", m, err)
			}
		}
	}
	for _, s := range EngagementStates() {
		if out[s] == (s == Closed) {
			t.Errorf("something leads on from %s: %v", s, out[s])
		}
	}
	if r := EngagementMove("what").rule(); len(r.by)+len(r.from) != 0 {
		t.Errorf("an unknown move is %+v", r)
	}
}

// steps goes from one state to another as saying something about hours does, which
// passes by started.
func steps(from, to EngagementState) (EngagementState, error) {
	if from == to {
		return to, nil
	}
	if next, err := from.To(to); err == nil {
		return next, nil
	}
	next, err := from.To(Started)
	if err != nil {
		return from, err
	}
	return next.To(to)
}

// TestNoMoveIsMadeByWhoMayNot: whatever the work, the move and the actor, it is
// refused with its own error, or it is a line of the table; and nobody decides
// about their own work in another role.
func TestNoMoveIsMadeByWhoMayNot(t *testing.T) {
	people := []members.PersonID{id.New[members.Person](nil), id.New[members.Person](nil)}
	for _, move := range append(EngagementMoves(), "what") {
		for _, state := range append(EngagementStates(), "where") {
			for _, kind := range append(members.RoleKinds(), "") {
				for _, person := range people {
					w := Work{person: people[0], Engagement: Engagement{State: state}}
					if problem := mayWrong(w, move, members.Actor{Kind: kind, Person: person}); problem != "" {
						t.Errorf("%s of %s work by %q, their own %v: %s", move, state, kind, person == people[0], problem)
					}
				}
			}
		}
	}
}

// mayWrong says what is wrong about the answer of may.
func mayWrong(w Work, move EngagementMove, by members.Actor) string {
	r, err := move.rule(), w.may(move, by)
	var wrong *WrongEngagementMove
	right := err == nil
	switch {
	case !slices.Contains(r.by, by.Kind):
		right = errors.Is(err, members.ErrNotFound)
	case !slices.Contains(r.from, w.State):
		right = errors.As(err, &wrong) && wrong.From == w.State && wrong.To == r.to && errors.Is(err, ErrWorkMoved)
	case by.Kind != members.RoleMember && by.Person == w.person:
		right = errors.Is(err, members.ErrOneself)
	}
	if mayBe := err == nil || errors.Is(err, members.ErrOneself); !right || move.May(w.State, by.Kind) != mayBe {
		return fmt.Sprintf("%v, and it may be made: %v", err, move.May(w.State, by.Kind))
	}
	return ""
}

// TestEndsOfFavouritesAndJobsStand: any walk of moves ends where nothing leads on,
// and a refused move changes nothing.
func TestEndsOfFavouritesAndJobsStand(t *testing.T) {
	t.Run("favourite", rapid.MakeCheck(func(t *rapid.T) {
		walk(t, FavouriteAsked, FavouriteStates(), []FavouriteState{FavouriteRefused, FavouriteWithdrawn, FavouriteExpired, FavouriteEnded}, FavouriteState.To, ErrFavouriteMoved)
	}))
	t.Run("job", rapid.MakeCheck(func(t *rapid.T) {
		walk(t, JobAsked, JobStates(), []JobState{JobTaken, JobDeclined, JobWithdrawn, JobExpired}, JobState.To, ErrJobMoved)
	}))
	t.Run("gig", rapid.MakeCheck(func(t *rapid.T) {
		walk(t, Draft, States(), []State{Done, Cancelled}, State.To, ErrGigMoved)
	}))
	t.Run("engagement", rapid.MakeCheck(func(t *rapid.T) {
		walk(t, Confirmed, EngagementStates(), []EngagementState{Closed}, EngagementState.To, ErrWorkMoved)
	}))
	t.Run("nobody ends what is over", rapid.MakeCheck(func(t *rapid.T) {
		s, side := rapid.SampledFrom(FavouriteStates()).Draw(t, "state"), rapid.SampledFrom([]members.RoleKind{members.RoleClient, members.RoleMember}).Draw(t, "side")
		_, err := s.To(s.ends(side))
		if want := s == FavouriteOn || s == FavouriteAsked && side == members.RoleClient; (err == nil) != want {
			t.Fatalf("the %s ends one that is %s: %v", side, s, err)
		}
	}))
}

// walk goes anywhere for a while. Where an end was reached, it is where it stays.
func walk[S ~string](t *rapid.T, at S, all, ends []S, to func(S, S) (S, error), refused error) {
	for range 12 {
		aim := rapid.SampledFrom(append(slices.Clone(all), "what", "")).Draw(t, "to")
		next, err := to(at, aim)
		switch {
		case err != nil && (next != at || !errors.Is(err, refused)):
			t.Fatalf("refused from %s to %s: it is %s, %v", at, aim, next, err)
		case err == nil && (next != aim || slices.Contains(ends, at) || !slices.Contains(all, aim) || aim == at):
			t.Fatalf("from %s to %s: it is %s", at, aim, next)
		}
		at = next
	}
}
