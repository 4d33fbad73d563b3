package web

import (
	"errors"
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// pay handles GET /pay: what the member earned, and where each of it is.
func pay(r *request) error {
	list, err := r.web.Payments.Earnings(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	bank, err := r.web.Payments.Payee(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	back, err := r.web.Payments.Clawbacks(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("nav.pay"), payBody(r, list, bank, back))
}

// earnings is the pay for an engagement that the acting member looks at, of each
// of its bills; nobody else's, and none before hours are agreed.
func (r *request) earnings(w jobs.Work) (list []payments.Earning, err error) {
	if r.actor.Kind != members.RoleMember || r.actor.Helped() || w.Sheet.State != jobs.SheetAgreed && w.Sheet.State != jobs.Disputed {
		return nil, nil
	}
	for _, ref := range jobs.BillRefs(w.ID) {
		e, err := r.web.Payments.Earning(r.Request.Context(), r.actor, ref)
		if errors.Is(err, members.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// earnedOn is the page of the work that a wage is for.
func earnedOn(e payments.Earning) string {
	work, err := jobs.EngagementOf(e.Ref)
	if err != nil {
		return "/pay"
	}
	return "/engagements/" + work.String()
}

// stageWord is where the money is, in a few words; stageLead what happens next.
func (r *request) stageWord(s payments.Stage) string {
	return r.words.With("pay.stage."+string(s), nil)
}

func (r *request) stageLead(e payments.Earning) string {
	args := map[string]any{}
	if e.Stage() == payments.StagePaid {
		args["Date"] = r.words.LongDate(e.PaidAt)
	}
	if !e.Rests.IsZero() {
		args["Until"] = restEnds(r.words, e.Rests)
	}
	return r.words.With("pay.lead."+string(e.Stage()), args)
}

func stageTone(s payments.Stage) ui.Tone {
	switch s {
	case payments.StagePaid:
		return ui.Good
	case payments.StageFailed:
		return ui.Bad
	case payments.StageReversed:
		return ui.Neutral
	default:
		return ui.Waits
	}
}

func (r *request) earningFacts(e payments.Earning) []ui.Fact {
	return []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.DayOf(e.Day)},
		{Icon: ui.IconClock, Text: r.words.Duration(e.Worked)},
		{Icon: ui.IconEuro, Text: r.t("pay.before_tax", "Amount", r.words.Money(e.Amount))},
	}
}

// paidSum is what is at the bank, and what is not yet.
func paidSum(list []payments.Earning) (paid, waiting payments.Cents) {
	for _, e := range list {
		if e.Stage() == payments.StagePaid {
			paid += e.Amount - e.Reversed
		} else {
			waiting += e.Amount - e.Reversed
		}
	}
	return paid, waiting
}

func (r *request) payFigures(list []payments.Earning) []ui.Figure {
	paid, waiting := paidSum(list)
	return []ui.Figure{{Number: r.words.Money(paid), Text: r.t("pay.paid_sum")}, {Number: r.words.Money(waiting), Text: r.t("pay.waiting_sum")}}
}
