package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// verb is something that can be done, to where it leads from each state from which
// it may be done, and what it says from every other; no error means that it then
// does nothing, as a task that came too late.
type verb[S ~string] struct {
	do      func() error
	leads   map[S]S
	refused error
}

// everyMove does everything in every state. A refused move changes no row, enqueues
// nothing and is no deed.
func everyMove[S ~string](h *house, all []S, put func(S), row string, verbs map[string]verb[S]) {
	h.t.Helper()
	look := func() (text string) {
		h.t.Helper()
		h.allRight(h.db.QueryRow(h.ctx(), `SELECT (`+row+`) || (SELECT ' ' || count(*) FROM tasks.task) || (SELECT ' ' || count(*) FROM members.audit)`).Scan(&text))
		return text
	}
	for name, v := range verbs {
		for _, from := range all {
			put(from)
			before, err := look(), v.do()
			to, legal := v.leads[from]
			switch {
			case legal && err != nil, !legal && !errors.Is(err, v.refused), !legal && v.refused == nil && err != nil:
				h.t.Errorf("%s from %s: %v", name, from, err)
			case legal == (look() == before):
				h.t.Errorf("%s from %s, which may be: %v; and it is %s", name, from, legal, look())
			case legal:
				var state S
				h.allRight(h.db.QueryRow(h.ctx(), `SELECT substring((`+row+`) FROM '^[a-z_]+')`).Scan(&state))
				if state != to {
					h.t.Errorf("%s from %s leads to %s, want %s", name, from, state, to)
				}
			}
		}
	}
}

// strangers do it in vain, whatever the state.
func strangers[S ~string](h *house, all []S, do func(members.Actor) error, who ...members.Actor) (verbs map[string]verb[S]) {
	verbs = map[string]verb[S]{}
	for _, by := range append(who, h.rival, h.otherOffices, members.Actor{}) {
		verbs["somebody else, "+by.Name] = verb[S]{func() error { return do(by) }, nil, members.ErrNotFound}
	}
	return verbs
}

func with[S ~string](verbs, more map[string]verb[S]) map[string]verb[S] {
	for name, v := range more {
		verbs[name] = v
	}
	return verbs
}

// TestEveryMoveOfAFavourite, in every state, by each who may and may not.
func TestEveryMoveOfAFavourite(t *testing.T) {
	h := newHouse(t)
	h.allRight(h.AskFavourite(h.ctx(), h.client, h.agreedWork()))
	f := h.favourite(h.client, jobs.FavouriteAsked)
	h.now = f.Until()
	put := func(s jobs.FavouriteState) {
		h.sql(`UPDATE jobs.favourite SET state = $1, answered_at = CASE WHEN $1 IN ('on', 'refused', 'ended') THEN $2::timestamptz END,
			ended_at = CASE WHEN $1 IN ('withdrawn', 'expired', 'ended') THEN $2::timestamptz END, ended_side = CASE WHEN $1 IN ('withdrawn', 'ended') THEN 'client' END`, string(s), h.now)
	}
	type leads = map[jobs.FavouriteState]jobs.FavouriteState
	over := func() error {
		return pgx.BeginFunc(h.ctx(), h.db, func(tx pgx.Tx) error {
			return h.FavouriteOverTx(h.ctx(), tx, jobs.FavouriteOver{Favourite: f.ID, Cooperative: h.client.Cooperative})
		})
	}
	verbs := map[string]verb[jobs.FavouriteState]{
		"yes":             {func() error { return h.AnswerFavourite(h.ctx(), h.member, f.ID, true) }, leads{jobs.FavouriteAsked: jobs.FavouriteOn}, jobs.ErrFavouriteMoved},
		"no":              {func() error { return h.AnswerFavourite(h.ctx(), h.member, f.ID, false) }, leads{jobs.FavouriteAsked: jobs.FavouriteRefused}, jobs.ErrFavouriteMoved},
		"the member ends": {func() error { return h.EndFavourite(h.ctx(), h.member, f.ID) }, leads{jobs.FavouriteOn: jobs.FavouriteEnded}, jobs.ErrFavouriteMoved},
		"the client ends": {func() error { return h.EndFavourite(h.ctx(), h.client, f.ID) },
			leads{jobs.FavouriteOn: jobs.FavouriteEnded, jobs.FavouriteAsked: jobs.FavouriteWithdrawn}, jobs.ErrFavouriteMoved},
		"no answer":                      {over, leads{jobs.FavouriteAsked: jobs.FavouriteExpired}, nil},
		"the client answers for another": {func() error { return h.AnswerFavourite(h.ctx(), h.client, f.ID, true) }, nil, members.ErrNotFound},
	}
	verbs = with(verbs, strangers(h, jobs.FavouriteStates(), func(by members.Actor) error { return h.EndFavourite(h.ctx(), by, f.ID) }, h.coach, h.coordinator))
	everyMove(h, jobs.FavouriteStates(), put, `SELECT f.state || ' ' || f::text FROM jobs.favourite f`, verbs)
}

// TestEveryMoveOfAJobOffer, in every state, with a coach who may say something.
func TestEveryMoveOfAJobOffer(t *testing.T) {
	h := newHouse(t)
	h.letsRead(members.ProgressScope)
	offer := h.offersJob(h.agreedWork())
	h.now = h.jobIs(offer, h.client, jobs.JobAsked).Due
	put := func(s jobs.JobState) {
		h.sql(`UPDATE jobs.job_offer SET state = $1, member_said = CASE WHEN $1 IN ('with_coach', 'taken') THEN 'yes' END, member_at = CASE WHEN $1 IN ('with_coach', 'taken') THEN $2::timestamptz END,
			member_reason = NULL, coach_said = NULL, coach_words = NULL, coach_id = NULL, coach_at = NULL,
			closed_at = CASE WHEN $1 IN ('taken', 'declined', 'withdrawn', 'expired') THEN $2::timestamptz END`, string(s), h.now)
	}
	type leads = map[jobs.JobState]jobs.JobState
	live := func(to jobs.JobState) leads {
		return leads{jobs.JobAsked: to, jobs.JobCoachFirst: to, jobs.JobWithCoach: to}
	}
	says := func(say jobs.JobWord) func() error {
		return func() error { return h.AnswerJob(h.ctx(), h.member, offer, say, "") }
	}
	advises := func(say jobs.JobWord) func() error {
		return func() error { return h.AdviseJob(h.ctx(), h.coach, h.member.Member, offer, say, "") }
	}
	over := func() error {
		return pgx.BeginFunc(h.ctx(), h.db, func(tx pgx.Tx) error {
			return h.JobOfferOverTx(h.ctx(), tx, jobs.JobOfferOver{Job: offer, Cooperative: h.client.Cooperative})
		})
	}
	verbs := map[string]verb[jobs.JobState]{
		"yes":                 {says(jobs.JobYes), leads{jobs.JobAsked: jobs.JobWithCoach, jobs.JobCoachFirst: jobs.JobWithCoach}, jobs.ErrJobMoved},
		"no":                  {says(jobs.JobNo), live(jobs.JobDeclined), jobs.ErrJobMoved},
		"the coach first":     {func() error { return h.AskCoachFirst(h.ctx(), h.member, offer) }, leads{jobs.JobAsked: jobs.JobCoachFirst}, jobs.ErrJobMoved},
		"the coach says yes":  {advises(jobs.JobYes), leads{jobs.JobCoachFirst: jobs.JobAsked, jobs.JobWithCoach: jobs.JobTaken}, jobs.ErrJobMoved},
		"the coach says no":   {advises(jobs.JobNo), leads{jobs.JobCoachFirst: jobs.JobAsked, jobs.JobWithCoach: jobs.JobDeclined}, jobs.ErrJobMoved},
		"taken back":          {func() error { return h.WithdrawJob(h.ctx(), h.client, offer) }, live(jobs.JobWithdrawn), jobs.ErrJobMoved},
		"no answer":           {over, live(jobs.JobExpired), nil},
		"the client says yes": {func() error { return h.AnswerJob(h.ctx(), h.client, offer, jobs.JobYes, "") }, nil, members.ErrNotFound},
	}
	verbs = with(verbs, strangers(h, jobs.JobStates(), func(by members.Actor) error { return h.WithdrawJob(h.ctx(), by, offer) }, h.coach, h.coordinator, h.member))
	everyMove(h, jobs.JobStates(), put, `SELECT o.state || ' ' || o::text FROM jobs.job_offer o`, verbs)
}

// TestEveryMoveOfAGig, in every state, once its only shift is over.
func TestEveryMoveOfAGig(t *testing.T) {
	h := newHouse(t)
	h.sql(`ALTER TABLE jobs.gig DROP CONSTRAINT IF EXISTS gig_draft_touched`) // which a draft has that was begun as one
	gig := h.gigOf(h.shift(time.Hour, 1))
	h.now = h.now.Add(6 * time.Hour)
	type leads = map[jobs.State]jobs.State
	verbs := map[string]verb[jobs.State]{
		"pause":  {func() error { return h.Pause(h.ctx(), h.client, gig) }, leads{jobs.Open: jobs.Paused}, jobs.ErrGigMoved},
		"resume": {func() error { return h.Resume(h.ctx(), h.client, gig) }, leads{jobs.Paused: jobs.Open}, jobs.ErrGigMoved},
		"finish": {func() error { return h.Finish(h.ctx(), h.coordinator, gig) }, leads{jobs.Open: jobs.Done, jobs.Paused: jobs.Done}, jobs.ErrGigMoved},
		"cancel": {func() error { return h.CancelGig(h.ctx(), h.client, gig, 0) }, leads{jobs.Open: jobs.Cancelled, jobs.Paused: jobs.Cancelled}, jobs.ErrGigMoved},
	}
	for name, do := range map[string]func(members.Actor) error{
		"pause": func(by members.Actor) error { return h.Pause(h.ctx(), by, gig) }, "finish": func(by members.Actor) error { return h.Finish(h.ctx(), by, gig) },
		"cancel": func(by members.Actor) error { return h.CancelGig(h.ctx(), by, gig, 0) },
	} {
		for who, v := range strangers(h, jobs.States(), do, h.member, h.coach) {
			verbs[name+" by "+who] = v
		}
	}
	everyMove(h, jobs.States(), func(s jobs.State) { h.setState(gig, s) }, `SELECT g.state || ' ' || g::text FROM jobs.gig g`, verbs)
}
