package web

import (
	"net/http"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
)

// limitFields are the amounts of the form, in its order.
func limitFields() []string {
	return []string{"payout", "hour", "member_day", "four_eyes", "refund_hour", "advance"}
}

// limitOf is the amount of a field.
func limitOf(p *payments.Policy, field string) *payments.Cents {
	return map[string]*payments.Cents{"payout": &p.Payout, "hour": &p.Hour, "member_day": &p.MemberDay, "four_eyes": &p.FourEyes, "refund_hour": &p.RefundHour, "advance": &p.Advance}[field]
}

// limits handles GET /money/limits: what may leave without a person.
func limits(r *request) error {
	return r.limitsPage(http.StatusOK, r.emptyForm())
}

// proposeLimits handles POST /money/limits.
func proposeLimits(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	var to payments.Policy
	for _, field := range limitFields() {
		*limitOf(&to, field) = f.cents(field)
	}
	if !f.bad() || f.text("reason") == "" { // nothing is written while an amount cannot be read
		_, err = r.web.Payments.ProposePolicy(r.Request.Context(), r.actor, to, f.text("reason"))
	}
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.limitsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("limits.proposed")
	return r.to("/money/limits")
}

// decideLimits handles POST /money/limits/:change.
func decideLimits(r *request) error {
	change, err := id.Parse[payments.PolicyChange](r.Param("change"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	to, done := payments.PolicyApproved, "limits.approved"
	switch f.text("do") {
	case "approve":
	case "refuse":
		to, done = payments.PolicyRefused, "limits.refused"
	case "back":
		to, done = payments.PolicyTakenBack, "limits.taken_back"
	default:
		return errForm
	}
	if err := r.web.Payments.DecidePolicy(r.Request.Context(), r.actor, change, to); err != nil {
		return err
	}
	r.flash(done)
	return r.to("/money/limits")
}

// limitsView is what the page shows.
type limitsView struct {
	now     payments.Policy
	waiting *payments.PolicyChange // nil: nothing waits
	decided []payments.PolicyChange
}

func (r *request) limitsPage(status int, f *form) (err error) {
	var v limitsView
	if v.now, err = r.web.Payments.Policy(r.Request.Context(), r.actor.Cooperative); err != nil {
		return err
	}
	if v.decided, err = r.web.Payments.PolicyChanges(r.Request.Context(), r.actor); err != nil {
		return err
	}
	if len(v.decided) > 0 && v.decided[0].State == payments.PolicyProposed { // it comes first
		v.waiting, v.decided = &v.decided[0], v.decided[1:]
	}
	f.nowHolds(v.now)
	return r.page(status, r.t("limits.title"), limitsBody(r, f, v))
}

// limitTerms say each limit with its meaning.
func (r *request) limitTerms(p payments.Policy) (terms []ui.Term) {
	for _, field := range limitFields() {
		terms = append(terms, ui.Term{Word: r.words.With("limits.of."+field, nil), Meaning: r.words.Money(*limitOf(&p, field))})
	}
	return terms
}

// otherLimits say which limits a proposal changes, from what to what; one that changes
// nothing is shown whole.
func (r *request) otherLimits(now, to payments.Policy) (terms []ui.Term) {
	for _, field := range limitFields() {
		before, after := *limitOf(&now, field), *limitOf(&to, field)
		if before != after {
			terms = append(terms, ui.Term{Word: r.words.With("limits.of."+field, nil),
				Meaning: r.t("limits.change", "From", r.words.Money(before), "To", r.words.Money(after))})
		}
	}
	if len(terms) == 0 {
		return r.limitTerms(to)
	}
	return terms
}

// limitTable lists what was decided before.
func (r *request) limitTable(list []payments.PolicyChange) ui.Table {
	t := ui.Table{Caption: r.t("limits.decided"), Heads: []ui.Head{
		{Text: r.t("limits.when")}, {Text: r.t("limits.reason")}, {Text: r.t("limits.who")}, {Text: r.t("limits.outcome")},
	}}
	for _, p := range list {
		who := p.ProposedName
		if p.State != payments.PolicyTakenBack {
			who = r.t("limits.hands", "Proposed", p.ProposedName, "Decided", p.DecidedName)
		}
		t.Rows = append(t.Rows, []string{r.words.Date(p.DecidedAt), p.Reason, who, r.words.With("limits.state."+string(p.State), nil)})
	}
	return t
}

// nowHolds fills what was not sent with what holds now.
func (f *form) nowHolds(p payments.Policy) {
	holds := map[string]string{"deposits": string(p.Deposits)}
	for _, field := range limitFields() {
		holds[field] = f.amount(int(*limitOf(&p, field)))
	}
	for field, value := range holds {
		if !f.values.Has(field) {
			f.set(field, value)
		}
	}
}
