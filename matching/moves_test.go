package matching_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
)

// offerVerb is something that can be done with an offer, to where it leads from each
// state from which it may be done, and what it says from every other; no error means
// that it then does nothing, as a task that came too late.
type offerVerb struct {
	name    string
	do      func() error
	leads   map[matching.State]matching.State
	refused error
}

// look is all that a move could change.
func (h *house) look(offer matching.OfferID) (state matching.State, all string) {
	h.t.Helper()
	const query = `
		SELECT o.state, o::text || (SELECT ' ' || count(*) FROM tasks.task) || (SELECT ' ' || count(*) FROM members.audit) || (SELECT ' ' || count(*) FROM jobs.engagement)
		FROM matching.offer o WHERE o.id = $1`
	h.must(h.db.QueryRow(h.t.Context(), query, offer).Scan(&state, &all))
	return state, all
}

// put lets an offer stand so, whoever brought it there.
func (h *house) put(offer matching.OfferID, s matching.State, asked bool) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), `
		UPDATE matching.offer SET state = $2, asked = $3, answered_at = CASE WHEN $2 IN ('yes', 'no') THEN sent_at END,
			decided_at = CASE WHEN $2 IN ('refused', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked') THEN sent_at END, reason = NULL,
			decided_by = CASE WHEN $2 = 'refused' THEN $4::uuid END, refused_why = CASE WHEN $2 = 'refused' THEN 'something_else' END, refused_text = NULL,
			coach_until = $5, coach_id = NULL, passed_on_at = NULL, held_back_at = NULL, held_why = NULL
		WHERE id = $1`, offer, string(s), asked, h.coordinator().Role, h.now.Add(-time.Minute))
	h.must(err)
}

// TestEveryMoveOfAnOffer, made to a member or asked by them, in every state that it
// can have, by each who may and may not. A refused move changes no row, enqueues
// nothing, gives no seat and is no deed.
func TestEveryMoveOfAnOffer(t *testing.T) {
	h := newHouse(t)
	ctx, bea := t.Context(), h.member("bea", "cloakroom")
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.seek(nil)
	waits := h.waits(anna, els)
	offer := waits.ID
	h.now = h.now.Add(2 * time.Hour)
	type leads = map[matching.State]matching.State
	no := matching.Refusal{Why: matching.GigChanged}
	over := func() error {
		return pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
			return h.CoachTimeTx(ctx, tx, matching.CoachTime{Offer: offer, Cooperative: h.client.Cooperative})
		})
	}
	unanswered := func() error {
		now := h.now
		defer func() { h.now = now }()
		h.now = waits.Until
		return pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
			return h.AskOverTx(ctx, tx, matching.AskOver{Offer: offer, Cooperative: h.client.Cooperative})
		})
	}
	verbs := []offerVerb{
		{"yes", func() error { return h.Accept(ctx, anna, offer) }, leads{matching.Sent: matching.Yes}, matching.ErrOver},
		{"no", func() error { return h.Decline(ctx, anna, offer, "") }, leads{matching.Sent: matching.No}, matching.ErrOver},
		{"taken back", func() error { return h.Withdraw(ctx, anna, offer) }, leads{matching.Asked: matching.Withdrawn}, matching.ErrDecided},
		{"held back", func() error { return h.HoldBack(ctx, els, offer, "Nu niet.") }, leads{matching.WaitingCoach: matching.Withdrawn}, matching.ErrDecided},
		{"passed on", func() error { return h.PassOn(ctx, els, offer) }, leads{matching.WaitingCoach: matching.Sent}, matching.ErrDecided},
		{"the coach's time is over", over, leads{matching.WaitingCoach: matching.Sent}, nil},
		{"nobody decided", unanswered, leads{matching.Asked: matching.Expired}, nil},
		{"yes by another", func() error { return h.Accept(ctx, bea, offer) }, nil, members.ErrNotFound},
		{"taken back by another", func() error { return h.Withdraw(ctx, bea, offer) }, nil, members.ErrNotFound},
		{"passed on by the member", func() error { return h.PassOn(ctx, anna, offer) }, nil, members.ErrNotFound},
		{"granted by the member", func() error { return h.Grant(ctx, anna, offer) }, nil, members.ErrNotFound},
		{"refused", func() error { return h.Refuse(ctx, h.client, offer, no) }, leads{matching.Asked: matching.Refused}, matching.ErrDecided},
		{"granted", func() error { return h.Grant(ctx, h.client, offer) }, leads{matching.Asked: matching.Confirmed}, matching.ErrDecided}, // the last: it gives the seat
	}
	for _, v := range verbs {
		for _, asked := range []bool{false, true} {
			for _, from := range matching.States() {
				ofAsk := from == matching.Asked || from == matching.Refused
				notOfAsk := from == matching.WaitingCoach || from == matching.Sent || from == matching.No || from == matching.Reserve || from == matching.Thanked
				if asked && notOfAsk || !asked && ofAsk {
					continue
				}
				h.put(offer, from, asked)
				refused := v.refused
				if !asked && (v.name == "refused" || v.name == "granted") {
					refused = members.ErrNotFound // nobody asked
				}
				_, before := h.look(offer)
				err := v.do()
				state, now := h.look(offer)
				switch to, legal := v.leads[from]; {
				case legal && (err != nil || state != to):
					t.Errorf("%s from %s leads to %s, %v; want %s", v.name, from, state, err, to)
				case !legal && (!errors.Is(err, refused) || refused == nil && err != nil):
					t.Errorf("%s from %s, asked %v: %v, want %v", v.name, from, asked, err, refused)
				case !legal && now != before:
					t.Errorf("%s from %s, asked %v, was refused and changed\n%s\nto\n%s", v.name, from, asked, before, now)
				}
			}
		}
	}
}
