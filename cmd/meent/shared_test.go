package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// shareTimeline lets the first member, and the first of the first coach's, share
// all but one thing; much happened to them, and their coaches have looked.
func (h *testHouse) shareTimeline(t *testing.T) {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil)
	coaches := coaching.New(h.db, nil, people, h.now, nil)
	coach := h.as(t, people, h.someone(t, members.RoleCoach))
	list := caseloadByName(t, coaches, coach)
	h.shareAll(t, coaches, members.Actor{Cooperative: coach.Cooperative, Member: list[0].Member})
	_, err := coaches.Timeline(t.Context(), coach, list[0].Member, coaching.FactID{})
	first := h.as(t, people, h.someone(t, members.RoleMember))
	own := h.shareAll(t, coaches, first)
	_, seen := coaches.Timeline(t.Context(), members.Actor{Cooperative: first.Cooperative, Role: own.Role}, first.Member, coaching.FactID{})
	if err := errors.Join(err, seen); err != nil {
		t.Fatal(err)
	}
}

// caseloadByName is the coach's own, in an order that does not change with what
// happens.
func caseloadByName(t *testing.T, coaches *coaching.Service, coach members.Actor) []coaching.Case {
	t.Helper()
	list, err := coaches.Caseload(t.Context(), coach)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d in the caseload, %v", len(list), err)
	}
	slices.SortFunc(list, func(a, b coaching.Case) int {
		return strings.Compare(a.Name+a.Member.String(), b.Name+b.Member.String())
	})
	return list
}

func (h *testHouse) as(t *testing.T, people *members.Service, one members.PersonRole) members.Actor {
	t.Helper()
	actor, err := people.Actor(t.Context(), one.Person, one.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func (h *testHouse) shareAll(t *testing.T, coaches *coaching.Service, by members.Actor) coaching.Coach {
	t.Helper()
	own, err := coaches.CoachOf(t.Context(), by)
	if err == nil {
		err = coaches.Grant(t.Context(), by, members.NewGrant{Grantee: own.Role, Until: members.DayOf(h.now()).AddMonths(6),
			Scopes: []members.Scope{members.ProfileScope, members.OffersScope, members.AgendaScope, members.HoursScope, members.SharedNotesScope}})
	}
	if err == nil {
		err = pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.noteMuch(t, tx, by) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// noteMuch notes more than one page holds.
func (h *testHouse) noteMuch(t *testing.T, tx pgx.Tx, of members.Actor) (err error) {
	kinds := []coaching.Kind{coaching.OfferSent, coaching.OfferYes, coaching.Confirmed, coaching.Shift, coaching.HoursProposed, coaching.HoursCountered,
		coaching.HoursAgreed, coaching.Billed, coaching.Paid, coaching.OfferNo, coaching.OfferExpired, coaching.OfferReserve, coaching.OfferThanked}
	for i := range 30 {
		f := coaching.Fact{Cooperative: of.Cooperative, Member: of.Member, Kind: kinds[i%len(kinds)], Minutes: 150, Ref: id.New[coaching.Fact](nil).String()}
		f.At = h.now().Add(time.Duration(i-30) * 7 * time.Hour)
		if i == 29 {
			f.At = h.now().Add(48 * time.Hour) // work to come
		}
		err = errors.Join(err, coaching.NoteTx(t.Context(), tx, f))
	}
	return err
}
