package web

import (
	"net/http"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// seesGig finds the gig of the path for this person, or nothing.
func (r *request) seesGig() error {
	gig, err := id.Parse[jobs.Gig](r.Param("gig"))
	if err != nil {
		return err
	}
	r.gig, err = r.web.Jobs.Gig(r.Request.Context(), r.actor, gig)
	return err
}

// gig handles GET /gigs/:gig.
func gig(r *request) error { return r.gigPage(http.StatusOK, "") }

// gigView is a gig with what this person may do about its seats.
type gigView struct {
	jobs.Gig
	wrong   string                           // why what was asked could not be done
	chances map[jobs.ShiftID]matching.Chance // a member's, on shifts to come
	stops   []matching.Rule                  // why it is not for the member; none where nothing can be said
	fits    bool                             // the member can do it
	unsafe  string                           // where a member who works on it reports it; may be empty
	asked   []matching.AskedSeat             // that wait for this person's decision
	engaged []jobs.Work                      // for who runs the gig
	stands  *standing                        // what it waits for, to those who run it
	stopped string                           // why nobody can be agreed on it, for who runs it
	short   matching.Shortage                // for who runs it

	beforehand jobs.Beforehand // what is paid before the work, to those who run it

	contribution members.BasisPoints // what the cooperative asks on top
}

func (r *request) gigPage(status int, wrong string) error {
	v := gigView{Gig: r.gig, wrong: wrong, chances: map[jobs.ShiftID]matching.Chance{}}
	settings, err := r.web.Members.Settings(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	v.contribution = settings.Contribution
	if v.unsafe, err = r.unsafeOn(r.gig.ID); err != nil {
		return err
	}
	if v.beforehand, err = r.beforehand(r.gig); err != nil {
		return err
	}
	if v.stands, err = r.gigStanding(r.gig); err != nil {
		return err
	}
	if r.gigRunner() {
		if v.engaged, err = r.web.Jobs.Engaged(r.Request.Context(), r.actor, r.gig.ID); err != nil {
			return err
		}
	}
	chances, err := r.web.Matching.Chances(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return err
	}
	for _, c := range chances {
		v.chances[c.Shift] = c
	}
	v.stops, v.fits = matching.BestOf(chances)
	v.fits = v.fits && len(v.stops) == 0
	if len(chances) == 1 { // which says it itself
		v.stops = nil
	}
	asked, err := r.web.Matching.AskedSeats(r.Request.Context(), r.actor)
	for _, a := range asked {
		if a.Gig == r.gig.ID {
			v.asked = append(v.asked, a)
		}
	}
	if err != nil {
		return err
	}
	if v.stopped, err = r.stopped(); err != nil {
		return err
	}
	if v.short, err = r.gigShortage(); err != nil {
		return err
	}
	return r.page(status, r.draftTitle(r.gig.Title), gigBody(r, v))
}

func (r *request) gigTerms(g jobs.Gig) []ui.Term {
	terms := []ui.Term{
		{Word: r.t("gig.client"), Meaning: g.ClientName},
		{Word: r.t("gig.place"), Meaning: r.gigPlace(g)},
	}
	if g.Address != "" {
		terms = append(terms, ui.Term{Word: r.t("gig.address"), Meaning: g.Address})
	}
	terms = append(terms, r.meetingTerms(g.Meeting)...)
	terms = append(terms,
		ui.Term{Word: r.t("gig.load"), Meaning: r.gigLoad(g.Load)},
		ui.Term{Word: r.t("gig.help"), Meaning: r.yesNo(g.SupportOnSite, "gig.help_yes", "gig.help_no")},
		ui.Term{Word: r.t("gig.together"), Meaning: r.yesNo(g.WithOthers, "gig.together_yes", "gig.together_no")},
	)
	return append(terms, r.asksTerms(g)...)
}

// gigPlace is the place, unless the work is done at home.
func (r *request) gigPlace(g jobs.Gig) string {
	if g.Meeting.Remote {
		return r.t("meeting.home")
	}
	return g.PlaceName
}

// gigLoad says how heavy the work is, where that is known.
func (r *request) gigLoad(l jobs.Load) string {
	if l == "" {
		return r.t("newgig.not_yet")
	}
	return r.words.With("load."+string(l), nil)
}

func (r *request) yesNo(is bool, yes, no string) string {
	if is {
		return r.words.With(yes, nil)
	}
	return r.words.With(no, nil)
}

func (r *request) shiftTable(g jobs.Gig) ui.Table {
	t := ui.Table{Caption: r.words.N("gig.shifts", len(g.Shifts)), Heads: []ui.Head{
		{Text: r.t("gig.day")}, {Text: r.t("gig.time")}, {Text: r.t("gig.break")}, {Text: r.t("gig.seats_head"), Number: true},
	}}
	for _, s := range g.Shifts {
		t.Rows = append(t.Rows, []string{r.words.LongDate(s.Starts), r.words.Span(s.Starts, s.Ends), r.breakText(s.Break), strconv.Itoa(s.Seats)})
	}
	return t
}

func (r *request) breakText(d time.Duration) string {
	if d == 0 {
		return r.t("gig.no_break")
	}
	return r.words.Duration(d)
}

func (r *request) skillWords(skills []members.Skill) []string {
	words := make([]string, len(skills))
	for i, skill := range skills {
		words[i] = skill.Label(r.words.Locale)
	}
	return words
}
