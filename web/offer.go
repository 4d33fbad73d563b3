package web

import (
	"net/http"
	"strconv"

	"meent/internal/id"
	"meent/matching"
	"meent/web/ui"
)

// ownOffer finds the member's offer of the path, or nothing.
func (r *request) ownOffer() error {
	offer, err := id.Parse[matching.Offer](r.Param("offer"))
	if err != nil {
		return err
	}
	r.offer, err = r.web.Matching.Offer(r.Request.Context(), r.actor, offer)
	return err
}

// showOffer handles GET /offers/:offer.
func showOffer(r *request) error { return r.offerPage(http.StatusOK, r.emptyForm()) }

// acceptOffer handles POST /offers/:offer/yes.
func acceptOffer(r *request) error {
	if err := r.web.Matching.Accept(r.Request.Context(), r.actor, r.offer.ID); err != nil {
		return err
	}
	r.flash("offer.accepted")
	return r.to(r.offerPath())
}

// declineOffer handles POST /offers/:offer/no.
func declineOffer(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	why := matching.Reason(f.text("reason"))
	if err := f.wrong(r.web.Matching.Decline(r.Request.Context(), r.actor, r.offer.ID, why)); err != nil {
		return err
	}
	if f.bad() {
		return r.offerPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("offer.declined")
	return r.to(r.offerPath())
}

func (r *request) offerPath() string { return "/offers/" + r.offer.ID.String() }

// offerPage shows the offer with its gig. A gig that is over is still part of
// the offer, which outlives it.
func (r *request) offerPage(status int, f *form) error {
	gig, err := r.web.Jobs.GigOf(r.Request.Context(), r.actor, r.offer.Gig)
	if err != nil {
		return err
	}
	unsafe, err := r.unsafeOn(gig.ID)
	if err != nil {
		return err
	}
	return r.page(status, r.t("offer.title"), offerBody(r, r.offer, gig, unsafe, f))
}

// offerSays is the key of a text about the offer in this state; what the member
// asked for has its own.
func offerSays(what string, o matching.Offer, state matching.State) string {
	switch {
	case o.ShiftOff && what == "lead" && offWith(state):
		if o.Moved {
			return "offer.lead.moved"
		}
		return "offer.lead.off"
	case o.ByMember && what == "lead" && state == matching.Expired && !o.Decided.IsZero() && o.Decided.Before(o.Until):
		return "ask.lead.full"
	case heldBack(o, state):
		return "offer." + what + ".held"
	case o.ByMember:
		return "ask." + what + "." + string(state)
	default:
		return "offer." + what + "." + string(state)
	}
}

// offWith reports whether an offer in this state went with its shift.
func offWith(state matching.State) bool {
	return state == matching.Withdrawn || state == matching.Thanked || state == matching.Refused || state == matching.Confirmed
}

// heldBack reports what the member's coach kept from them, and tells why.
func heldBack(o matching.Offer, state matching.State) bool {
	return !o.ByMember && state == matching.Withdrawn && !o.HeldBack.IsZero()
}

// current picks the offers that one can still answer, or hear about. Work that
// is agreed stands among the engagements.
func (r *request) current(offers []matching.Offer) (current []matching.Offer) {
	for _, o := range offers {
		if state := r.shownState(o); !o.ByMember && (state == matching.Sent || state == matching.Yes || state == matching.Reserve) {
			current = append(current, o)
		}
	}
	return current
}

// offerFacts are when, where and for how much.
func (r *request) offerFacts(o matching.Offer) []ui.Fact {
	return []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.LongDate(o.Shift.Starts)},
		{Icon: ui.IconClock, Text: r.words.Span(o.Shift.Starts, o.Shift.Ends)},
		{Icon: ui.IconPlace, Text: o.PlaceName},
		{Icon: ui.IconEuro, Text: r.earns(o.Rate, o.Pay())},
	}
}

// sum shows that the points are the whole of it.
func (r *request) sum(e matching.Explanation) (lines []ui.Line) {
	for _, p := range e.Points {
		lines = append(lines, ui.Line{Text: r.words.With("offer.point."+string(p.Kind), nil),
			Amount: r.t("offer.of", "Points", p.Points, "Of", p.Of)})
	}
	return append(lines, ui.Line{Text: r.t("offer.total"), Amount: strconv.Itoa(e.Total), Total: true})
}

// reasons are why one may say no. None is an answer too.
func (r *request) reasons() []ui.Choice {
	choices := []ui.Choice{{Value: "", Text: r.t("offer.no_reason")}}
	for _, reason := range matching.Reasons() {
		choices = append(choices, ui.Choice{Value: string(reason), Text: r.words.With("offer.reason."+string(reason), nil)})
	}
	return choices
}

// shownState is the offer's state as its member reads it: an open one whose
// window has closed is over, though no task has said so yet.
func (r *request) shownState(o matching.Offer) matching.State {
	waits := o.State == matching.Sent || o.State == matching.Asked
	if waits && !r.web.Now().Before(o.Until) {
		return matching.Expired
	}
	return o.State
}

func offerTone(s matching.State) ui.Tone {
	switch s {
	case matching.Sent, matching.Asked:
		return ui.Waits
	case matching.WaitingCoach:
		return ui.Coach
	case matching.Yes, matching.Confirmed, matching.Reserve:
		return ui.Good
	default:
		return ui.Neutral
	}
}
