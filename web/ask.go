package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// askForShift handles POST /gigs/:gig/shifts/:shift/ask.
func askForShift(r *request) error {
	shift, err := r.shiftOfGig()
	if err != nil {
		return err
	}
	offer, asked, err := r.web.Matching.Ask(r.Request.Context(), r.actor, shift)
	if errors.Is(err, matching.ErrBroken) {
		return r.gigPage(http.StatusConflict, r.t("ask.cannot"))
	}
	if err != nil {
		return err
	}
	if asked {
		r.flash("ask.sent")
	} else {
		r.flash("ask.again")
	}
	return r.to("/offers/" + offer.String())
}

// shiftOfGig is the shift of the path, which must be the gig's.
func (r *request) shiftOfGig() (jobs.ShiftID, error) {
	shift, err := id.Parse[jobs.Shift](r.Param("shift"))
	if err == nil && !slices.ContainsFunc(r.gig.Shifts, func(s jobs.Shift) bool { return s.ID == shift }) {
		err = members.ErrNotFound
	}
	return shift, err
}

// withdrawAsk handles POST /offers/:offer/withdraw.
func withdrawAsk(r *request) error {
	if err := r.web.Matching.Withdraw(r.Request.Context(), r.actor, r.offer.ID); err != nil {
		return err
	}
	r.flash("ask.withdrawn")
	return r.to(r.offerPath())
}

// findAsk finds what was asked for those who decide about it, or nothing.
func (r *request) findAsk() error {
	ask, err := id.Parse[matching.Offer](r.Param("ask"))
	if err != nil {
		return err
	}
	r.ask, err = r.web.Matching.AskedSeat(r.Request.Context(), r.actor, ask)
	return err
}

// showAsk handles GET /asks/:ask.
func showAsk(r *request) error { return r.askPage(http.StatusOK, r.emptyForm()) }

func (r *request) askPage(status int, f *form) error {
	warned, err := r.askWarned()
	if err != nil {
		return err
	}
	return r.page(status, r.t("ask.who"), askBody(r, r.ask, warned, f))
}

// askWarned is what the office reads of working time. A client must not learn how
// much somebody works elsewhere.
func (r *request) askWarned() ([]jobs.WorktimeCode, error) {
	if r.actor.Kind != members.RoleCoordinator || !r.ask.Open(r.web.Now()) {
		return nil, nil
	}
	return r.web.Matching.WarnedAsker(r.Request.Context(), r.actor, r.ask)
}

// grantAsk handles POST /asks/:ask/yes.
func grantAsk(r *request) error {
	err := r.web.Matching.Grant(r.Request.Context(), r.actor, r.ask.ID)
	if why := r.unlawful(err); why != "" {
		return r.askStopped(why)
	}
	if err != nil {
		return err
	}
	r.flash("ask.granted")
	return r.to(askPath(r.ask))
}

// refuseAsk handles POST /asks/:ask/no.
func refuseAsk(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	no := matching.Refusal{Why: matching.RefusedWhy(f.text("why")), Text: f.text("text")}
	if err := f.wrong(r.web.Matching.Refuse(r.Request.Context(), r.actor, r.ask.ID, no)); err != nil {
		return err
	}
	if f.bad() {
		return r.askPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("ask.refused")
	return r.to(askPath(r.ask))
}

func askPath(a matching.AskedSeat) string { return "/asks/" + a.ID.String() }

// askedBy picks what the member asked and still wants to hear about. Work that
// is agreed stands among the engagements.
func (r *request) askedBy(offers []matching.Offer) (asked []matching.Offer) {
	for _, o := range offers {
		if o.ByMember && o.State != matching.Confirmed && o.State != matching.Withdrawn {
			asked = append(asked, o)
		}
	}
	return asked
}

// asker is who asks, as those who decide read it: a name where they may. That
// somebody helps the member is not for a client to know.
func (r *request) asker(a matching.AskedSeat) string {
	switch {
	case a.Helper != "" && r.actor.Kind != members.RoleClient:
		return r.t("act.both", "Helper", a.Helper, "Name", a.Member)
	case a.Member != "":
		return a.Member
	}
	return r.fromAround(a.Card)
}

// fromAround is a member without a name.
func (r *request) fromAround(c matching.Card) string {
	if c.PlaceName == "" {
		return r.t("ask.somebody")
	}
	return r.t("ask.somebody_from", "Place", c.PlaceName)
}

// cardFacts are the rest of the card, which is the client's.
func (r *request) cardFacts(c matching.Card) (facts []ui.Fact) {
	if r.actor.Kind != members.RoleClient {
		return nil
	}
	if len(c.Can) > 0 {
		facts = append(facts, ui.Fact{Icon: ui.IconCheck, Text: r.t("ask.can", "Skills", strings.Join(r.skillWords(c.Can), ", "))})
	}
	if c.Been {
		facts = append(facts, ui.Fact{Icon: ui.IconSwap, Text: r.t("ask.been")})
	}
	return facts
}

func (r *request) askedFacts(a matching.AskedSeat) []ui.Fact {
	return append([]ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.LongDate(a.Shift.Starts)},
		{Icon: ui.IconClock, Text: r.words.Span(a.Shift.Starts, a.Shift.Ends)},
		{Icon: ui.IconPerson, Text: r.asker(a)},
	}, r.cardFacts(a.Card)...)
}

// askedState is how it stands for those who decide.
func (r *request) askedState(a matching.AskedSeat) matching.State {
	if a.State == matching.Asked && !a.Open(r.web.Now()) {
		return matching.Expired
	}
	return a.State
}

// shiftFacts are when, and what it pays.
func (r *request) shiftFacts(g jobs.Gig, s jobs.Shift) []ui.Fact {
	facts := []ui.Fact{{Icon: ui.IconClock, Text: r.words.Span(s.Starts, s.Ends)}}
	if s.Break > 0 {
		facts = append(facts, ui.Fact{Icon: ui.IconWait, Text: r.t("ask.break", "Time", r.words.Duration(s.Break))})
	}
	facts = append(facts, r.seatFacts(s)...)
	return append(facts, ui.Fact{Icon: ui.IconEuro, Text: r.earns(g.Rate, s.Pay(g.Rate))})
}

func (r *request) whyTitle(o matching.Offer) string {
	if o.ByMember {
		return r.t("ask.fits_you")
	}
	return r.t("offer.why")
}

func (r *request) refusedWhys() (choices []ui.Choice) {
	choices = append(choices, ui.Choice{Text: r.t("ask.choose_why")})
	for _, why := range matching.RefusedWhys() {
		choices = append(choices, ui.Choice{Value: string(why), Text: r.words.With("ask.why."+string(why), nil)})
	}
	return choices
}
