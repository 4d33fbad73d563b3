package web

import (
	"net/http"
	"strings"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
)

// manuals handles GET /money/manual: money that people move between the
// cooperative's own accounts.
func manuals(r *request) error { return r.manualPage(http.StatusOK, r.emptyForm()) }

// proposeManual handles POST /money/manual.
func proposeManual(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	manual, err := id.Parse[payments.Manual](f.text("manual"))
	if err != nil {
		return errForm
	}
	from, to, _ := strings.Cut(f.text("way"), ">")
	n := payments.NewManual{ID: manual, From: payments.Account(from), To: payments.Account(to), Amount: f.cents("amount"), Reason: f.text("reason")}
	_, err = r.web.Payments.ProposeManual(r.Request.Context(), r.actor, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	f.move("from", "way")
	f.move("to", "way")
	if f.bad() {
		return r.manualPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("manual.proposed")
	return r.to("/money/manual")
}

// decideManual handles POST /money/manual/:manual.
func decideManual(r *request) error {
	manual, err := id.Parse[payments.Manual](r.Param("manual"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	decide, done := r.web.Payments.ApproveManual, "manual.posted"
	switch f.text("do") {
	case "approve":
	case "refuse":
		decide, done = r.web.Payments.RefuseManual, "manual.refused"
	case "back":
		decide, done = r.web.Payments.TakeManualBack, "manual.taken_back"
	default:
		return errForm
	}
	if err := decide(r.Request.Context(), r.actor, manual); err != nil {
		return err
	}
	r.flash(done)
	return r.to("/money/manual")
}

func (r *request) manualPage(status int, f *form) error {
	list, err := r.web.Payments.Manuals(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	if f.typed("manual") == "" {
		f.set("manual", id.New[payments.Manual](nil).String()) // so that sending it twice proposes one
	}
	waiting := 0
	for waiting < len(list) && list[waiting].State == payments.ManualProposed { // they come first
		waiting++
	}
	return r.page(status, r.t("manual.title"), manualBody(r, f, list[:waiting], list[waiting:]))
}

// manualWay says from where to where.
func (r *request) manualWay(from, to payments.Account) string {
	return r.t("manual.way", "From", r.coopAccount(from), "To", r.coopAccount(to))
}

// coopAccount names one of the cooperative's own accounts.
func (r *request) coopAccount(a payments.Account) string {
	return r.words.With("manual.account."+strings.TrimPrefix(string(a), "coop:"), nil)
}

func (r *request) manualChoices() (choices []ui.Choice) {
	for _, from := range payments.ManualSources() {
		for _, to := range payments.ManualDestinations(from) {
			choices = append(choices, ui.Choice{Value: string(from) + ">" + string(to), Text: r.manualWay(from, to)})
		}
	}
	return choices
}

// manualTable lists what was decided.
func (r *request) manualTable(list []payments.Manual) ui.Table {
	t := ui.Table{Caption: r.t("manual.decided"), Heads: []ui.Head{
		{Text: r.t("manual.when")}, {Text: r.t("manual.way_head")}, {Text: r.t("manual.amount"), Number: true}, {Text: r.t("manual.reason")}, {Text: r.t("manual.who")}, {Text: r.t("manual.state_head")},
	}}
	for _, m := range list {
		t.Rows = append(t.Rows, []string{r.words.Date(m.DecidedAt), r.manualWay(m.From, m.To), r.words.Money(m.Amount), m.Reason, r.manualHands(m),
			r.words.With("manual.state."+string(m.State), nil)})
	}
	return t
}

// manualHands says who proposed and who decided.
func (r *request) manualHands(m payments.Manual) string {
	if m.State == payments.ManualTakenBack {
		return m.ProposedName
	}
	return r.t("manual.hands", "Proposed", m.ProposedName, "Decided", m.DecidedName)
}
