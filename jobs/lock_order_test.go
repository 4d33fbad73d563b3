package jobs_test

import (
	"errors"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// TestAskingAndRefusingAtOnce: a client asks a member to be a favourite and refuses
// them, at the same moment and about the same work: neither waits for the other.
func TestAskingAndRefusingAtOnce(t *testing.T) {
	h := newHouse(t)
	works := []jobs.EngagementID{h.agreedWork()}
	for range 5 {
		works = append(works, h.agreedWork())
	}
	for round, e := range works {
		both := []func() error{
			func() error { return h.AskFavourite(h.ctx(), h.client, e) },
			func() error { return h.RefuseMember(h.ctx(), h.client, e, h.refusal()) },
		}
		for i, err := range together(2*len(both), func(i int) error { return both[i%2]() }) {
			if err != nil && !errors.Is(err, members.ErrDecided) && !errors.Is(err, jobs.ErrFavouriteThere) {
				t.Errorf("round %d, number %d: %v", round, i, err)
			}
		}
		h.exec(`UPDATE members.client_refusal SET ended_at = at, ended_how = 'client' WHERE ended_at IS NULL`)
		h.exec(`UPDATE jobs.favourite SET state = 'withdrawn', ended_at = asked_at, ended_side = 'client' WHERE state IN ('asked', 'on')`)
	}
}

// TestDraftTimesAtOnce: the times of a draft are written, one of them is removed
// and changed, and the draft is thrown away, at the same moment.
func TestDraftTimesAtOnce(t *testing.T) {
	h := newHouse(t)
	for round := range 12 {
		gig := h.begin(h.client, h.client.Client)
		h.allRight(h.ChangeWhen(h.ctx(), h.client, gig, h.when(5)))
		found, err := h.Gig(h.ctx(), h.client, gig)
		h.allRight(err)
		shift := found.Shifts[0].ID
		all := []func() error{
			func() error { return h.ChangeWhen(h.ctx(), h.client, gig, h.when(6)) },
			func() error { return h.RemoveShift(h.ctx(), h.client, shift) },
			func() error { return h.ChangeSeats(h.ctx(), h.client, shift, jobs.SeatChange{Seats: 3}) },
		}
		if round%2 == 1 {
			all[0] = func() error { return h.Discard(h.ctx(), h.client, gig) }
		}
		for i, err := range together(4*len(all), func(i int) error { return all[i%len(all)]() }) {
			if err != nil && !errors.Is(err, members.ErrNotFound) {
				t.Errorf("round %d, number %d: %v", round, i, err)
			}
		}
	}
}

// TestNobodyIsMissedWhoSaidTheirHours: from the first proposal on, whoever answers
// and however long, the client has their own hours and the dispute to say so.
func TestNobodyIsMissedWhoSaidTheirHours(t *testing.T) {
	h := newHouse(t)
	for i, then := range []func(e jobs.EngagementID){
		func(jobs.EngagementID) {},
		func(jobs.EngagementID) { h.now = h.now.Add(6 * 24 * time.Hour) },
		func(e jobs.EngagementID) {
			h.allRight(h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "Het was eerder klaar."}))
		},
		func(e jobs.EngagementID) {
			h.allRight(h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: time.Hour, Reason: "Een deel klopt niet."}))
		},
	} {
		e := h.engagedOn(h.shift(24*time.Hour, 1), h.member.Member)
		h.now = h.now.Add(29 * time.Hour)
		h.allRight(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}))
		then(e)
		for _, by := range []members.Actor{h.client, h.coordinator} {
			if err := h.Miss(h.ctx(), by, e); !errors.Is(err, jobs.ErrWorkMoved) {
				t.Errorf("%d: %v", i, err)
			}
		}
		if w := h.work(h.client, e); w.MayMiss(h.client, h.now) || w.State == jobs.Absent {
			t.Errorf("%d: the client can say so", i)
		}
	}
}
