package web

import (
	"net/http"

	"meent/internal/id"
	"meent/matching"
	"meent/web/ui"
)

// showCoachOffers handles GET /caseload/:member/offers: what waits for the coach
// before the member gets it. The reading is noted for the member to see.
func showCoachOffers(r *request) error { return r.coachOffersPage(http.StatusOK, r.emptyForm()) }

func (r *request) coachOffersPage(status int, f *form) error {
	list, err := r.web.Matching.WithCoach(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	return r.page(status, r.t("coachfirst.of", "Name", r.member.Name), coachOffersBody(r, list, f))
}

// passOffer handles POST /caseload/:member/offers/:offer/pass.
func passOffer(r *request) error {
	offer, err := id.Parse[matching.Offer](r.Param("offer"))
	if err != nil {
		return err
	}
	if err := r.web.Matching.PassOn(r.Request.Context(), r.actor, offer); err != nil {
		return err
	}
	r.flash("coachfirst.passed")
	return r.to(r.coachOffersPath())
}

// holdOffer handles POST /caseload/:member/offers/:offer/hold: not this one.
func holdOffer(r *request) error {
	offer, err := id.Parse[matching.Offer](r.Param("offer"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	field := holdField(offer)
	if f.looksMedical(field) {
		return r.coachOffersPage(http.StatusUnprocessableEntity, f)
	}
	err = r.web.Matching.HoldBack(r.Request.Context(), r.actor, offer, f.text(field))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		f.move("why", field)
		return r.coachOffersPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("coachfirst.held")
	return r.to(r.coachOffersPath())
}

func (r *request) coachOffersPath() string { return r.timelinePath() + "/offers" }

// holdField names the reason of one of the forms of the page.
func holdField(offer matching.OfferID) string { return "why-" + offer.String() }

func holdFields(list []matching.WithCoach) (fields []string) {
	for _, o := range list {
		fields = append(fields, holdField(o.ID))
	}
	return fields
}

func (r *request) coachOfferFacts(o matching.WithCoach) []ui.Fact {
	return append([]ui.Fact{{Icon: ui.IconClient, Text: o.ClientName}}, r.offerFacts(o.Offer)...)
}

// passWord is what the button says: to pass it on may be to come along.
func (r *request) passWord(o matching.WithCoach) string {
	if o.ComeAlong {
		return r.t("coachfirst.come_along")
	}
	return r.t("coachfirst.pass")
}
