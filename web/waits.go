package web

import (
	"cmp"
	"slices"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// standing is a gig with the one thing that it waits for, and where one does it.
type standing struct {
	jobs.Listing
	jobs.Wait
	next *ui.Link // nil where the client has nothing to do
}

// standings says of each gig of the client what it waits for: of those to come,
// what the client can do comes first, then what is soonest; what is over comes last.
func (r *request) standings(list []jobs.Listing) ([]standing, error) {
	facts, err := r.web.Jobs.Facts(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	asking, err := r.web.Matching.Asking(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	all := make([]standing, len(list))
	for i, l := range list {
		a := asking[l.ID]
		all[i] = r.standingOf(l, a.Into(facts[l.ID]), a)
	}
	slices.SortStableFunc(all, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.place(), b.place()), a.Next.Starts.Compare(b.Next.Starts))
	})
	return all, nil
}

// standingOf is a gig whose facts were read a moment later: its state is that of
// the list.
func (r *request) standingOf(l jobs.Listing, f jobs.Facts, a matching.Asking) standing {
	f.State = l.State
	s := standing{Listing: l, Wait: jobs.Waits(f)}
	s.next = r.waitLink(s.Listing, f, a)
	return s
}

// place is where it stands in the list.
func (s standing) place() int {
	coming := !s.Next.Starts.IsZero()
	switch {
	case s.past():
		return 4
	case coming && s.Kind.Yours():
		return 0
	case coming:
		return 1
	case s.Kind.Yours():
		return 2
	default:
		return 3
	}
}

// past reports whether nobody has to do anything for it any more.
func (s standing) past() bool { return s.Kind == jobs.WaitsDone || s.Kind == jobs.WaitsCancelled }

// gigStanding is the same for one gig, for those who run it.
func (r *request) gigStanding(g jobs.Gig) (*standing, error) {
	if r.actor.Kind != members.RoleClient && r.actor.Kind != members.RoleCoordinator {
		return nil, nil
	}
	f, err := r.web.Jobs.FactsOf(r.Request.Context(), r.actor, g.ID)
	if err != nil {
		return nil, err
	}
	a, err := r.web.Matching.AskingFor(r.Request.Context(), r.actor, g.ID)
	s := r.standingOf(jobs.Listing{ID: g.ID, State: g.State}, a.Into(f), a)
	if r.actor.Kind == members.RoleCoordinator && s.Kind == jobs.WaitsHours {
		s.next = nil // hours are between the client and the member
	}
	return &s, err
}

// waitLink leads to where the client does what the gig waits for.
func (r *request) waitLink(l jobs.Listing, f jobs.Facts, a matching.Asking) *ui.Link {
	path := ""
	switch w := jobs.Waits(f); {
	case w.Kind == jobs.WaitsQuestions && w.Count == 1:
		path = "/asks/" + a.First.String()
	case w.Kind == jobs.WaitsQuestions:
		path = "/gigs/" + l.ID.String() + "#asked"
	case w.Kind == jobs.WaitsHours && w.Count == 1:
		path = "/engagements/" + f.FirstHours.String()
	case w.Kind == jobs.WaitsHours:
		path = "/home#approve"
	case w.Kind == jobs.WaitsDeposit:
		path = "/gigs/" + l.ID.String() + "#deposit"
	case w.Kind == jobs.WaitsBill && w.Count == 1:
		path = "/bills/" + f.FirstBill.String()
	case w.Kind == jobs.WaitsBill:
		path = "/bills"
	default:
		return nil
	}
	text := r.words.With("waits.go."+string(jobs.Waits(f).Kind), nil)
	if jobs.Waits(f).Kind == jobs.WaitsDeposit && r.depositSide() == "office" {
		text = r.t("deposit.look")
	}
	return &ui.Link{Text: text, Path: path}
}

// waitWord says in a sentence what the gig waits for.
func (r *request) waitWord(w jobs.Wait) string {
	switch w.Kind {
	case jobs.WaitsPeople:
		return r.t("waits.people", "Taken", w.Count, "Of", w.Of) + " " + r.lookWord(w)
	case jobs.WaitsBill:
		return r.words.N("waits.bill", w.Count, "Amount", r.words.Money(w.Owed))
	case jobs.WaitsFull:
		return r.t("waits.full", "Date", r.words.LongDate(w.When))
	case jobs.WaitsQuestions, jobs.WaitsHours, jobs.WaitsToday, jobs.WaitsDisputed, jobs.WaitsSent:
		return r.words.N("waits."+string(w.Kind), w.Count)
	default:
		return r.words.With("waits."+string(w.Kind), nil)
	}
}

// lookWord says who is asked, and when the seats are looked at again.
func (r *request) lookWord(w jobs.Wait) string {
	if w.Out == 0 {
		return r.t("waits.nobody_asked")
	}
	return r.t("waits.out") + " " + r.t("waits.look", "Date", r.words.LongDate(w.When), "Time", r.words.Time(w.When))
}

// partGigs parts a sorted list in what goes on and what is over.
func partGigs(all []standing) (now, past []standing) {
	for i, s := range all {
		if s.past() {
			return all[:i], all[i:]
		}
	}
	return all, nil
}
