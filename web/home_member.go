package web

import (
	"context"
	"strings"
	"time"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web/ui"
)

// How much a member sees at once: enough to choose, few enough to read.
const (
	memberGigs    = 3
	homeQuestions = 2
	homeDays      = 7
)

// memberDay is what a member's first page shows. However much there is, it takes
// the same number of queries.
type memberDay struct {
	profile   members.Profile
	suggested []suggested
	near      []jobs.Listing // what somebody sees who cannot be asked yet
	offers    []matching.Offer
	kinds     map[jobs.GigID]string // of work, of the offered gigs
	works     []jobs.Work
	questions []coaching.Question
	coach     coaching.Coach
	coming    payments.Sum
	bank      payments.Payee
	grants    []members.Grant
	read      members.Read // the last
	asks      []coaching.AskedOf
	after     afterWork
}

func (r *request) memberDay() (d memberDay, err error) {
	ctx := r.Request.Context()
	if d.profile, err = r.web.Members.Profile(ctx, r.actor); err != nil {
		return d, err
	}
	if r.actor.Membership.Works() {
		d.suggested, err = r.suggestions(ctx)
	} else {
		d.near, err = r.web.Jobs.NearGigs(ctx, r.actor, d.profile.ReachMetres, memberGigs)
	}
	if err != nil {
		return d, err
	}
	if d.offers, err = r.web.Matching.Offers(ctx, r.actor); err != nil {
		return d, err
	}
	if d.kinds, err = r.kindsOf(d.offers); err != nil {
		return d, err
	}
	if d.works, err = r.web.Jobs.Works(ctx, r.actor); err != nil {
		return d, err
	}
	err = r.aboutMe(ctx, &d)
	return d, err
}

// aboutMe reads what is asked, under way and shared.
// What is between a member and their coach, their pay and their keys are not for
// who acts for them.
func (r *request) aboutMe(ctx context.Context, d *memberDay) (err error) {
	if r.actor.Helped() {
		return nil
	}
	if d.questions, err = r.web.Coaching.Asked(ctx, r.actor, homeQuestions); err != nil {
		return err
	}
	if d.asks, err = r.web.Coaching.AsksMember(ctx, r.actor); err != nil {
		return err
	}
	if d.coach, err = r.web.Coaching.CoachOf(ctx, r.actor); err != nil {
		return err
	}
	if d.coming, err = r.web.Payments.Coming(ctx, r.actor); err != nil {
		return err
	}
	if d.bank, err = r.web.Payments.Payee(ctx, r.actor); err != nil {
		return err
	}
	if d.grants, err = r.web.Members.Grants(ctx, r.actor); err != nil {
		return err
	}
	if d.after, err = r.afterWork(); err != nil {
		return err
	}
	d.read, err = r.web.Members.LastRead(ctx, r.actor)
	return err
}

// worksThat picks the works that wait for the member's hours, or the others.
func (r *request) worksThat(wait bool, list []jobs.Work) (picked []jobs.Work) {
	for _, w := range list {
		if (r.workState(w) == "yours") == wait {
			picked = append(picked, w)
		}
	}
	return picked
}

// week is the coming seven days, from today, and whether there is work on any.
func (r *request) week(works []jobs.Work) (days []ui.Day, busy bool) {
	first, _ := time.Parse(time.DateOnly, string(members.DayOf(r.web.Now())))
	for i := range homeDays {
		noon := first.AddDate(0, 0, i).Add(12 * time.Hour) // the same date in the Netherlands
		day := r.dayOf(noon, works)
		day.Today, busy = i == 0, busy || day.Work
		days = append(days, day)
	}
	return days, busy
}

func (r *request) dayOf(noon time.Time, works []jobs.Work) ui.Day {
	words := strings.Fields(r.words.Date(noon))
	day := ui.Day{Name: words[0], Date: words[1], Long: r.words.LongDate(noon), State: r.t("home.day_free")}
	for _, w := range works {
		if members.DayOf(w.Shift.Starts) == members.DayOf(noon) && w.State != jobs.CalledOff && w.State != jobs.Absent {
			day.Work, day.State, day.Icon = true, r.t("home.day_work"), ui.IconGig
		}
	}
	return day
}

// seenBy says who may see how much, one sentence a person.
func (r *request) seenBy(grants []members.Grant) (sentences []string) {
	for _, group := range (sharing{grants: grants}).byGrantee() {
		sentences = append(sentences, r.words.N("home.seen_things", len(group), "Name", group[0].Name))
	}
	return sentences
}

// lastSeen says who looked last, at what.
func (r *request) lastSeen(read members.Read) string {
	if read.Hour.IsZero() {
		return r.t("home.seen_never")
	}
	if read.Refused || read.Scope == members.ActForMeScope {
		return readSentence(r, read) + " " + r.t("home.seen_day", "Day", r.words.LongDate(read.Hour))
	}
	return r.t("home.seen_last", "Name", read.Name, "What", r.scopeWord("yours", read.Scope), "Day", r.words.LongDate(read.Hour))
}
