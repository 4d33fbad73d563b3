package web

import (
	"errors"
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// bills handles GET /bills: the client's own, or all for the office.
func bills(r *request) error {
	list, err := r.web.Payments.Bills(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("nav.bills"), billsBody(r, list))
}

// seesBill finds the bill of the path for its client or the office, or nothing.
func (r *request) seesBill() error {
	bill, err := id.Parse[payments.Bill](r.Param("bill"))
	if err != nil {
		return err
	}
	r.bill, r.billLines, err = r.web.Payments.Bill(r.Request.Context(), r.actor, bill)
	return err
}

// showBill handles GET /bills/:bill.
func showBill(r *request) error {
	return r.billPage(http.StatusOK, r.emptyForm())
}

// payBill handles POST /bills/:bill/pay: leads to the page where one pays. The
// bill says what became of it, for whoever comes back or never left.
func payBill(r *request) error {
	back := r.web.URL.JoinPath("bills", r.bill.ID.String()).String()
	address, err := r.web.Payments.Checkout(r.Request.Context(), r.actor, r.bill.ID, back)
	if errors.Is(err, payments.ErrPaid) {
		r.flash("bill.paid_already")
		return r.to(r.billPath())
	}
	if err != nil {
		return err
	}
	return r.to(address)
}

func (r *request) billPath() string { return "/bills/" + r.bill.ID.String() }

// billWord is a bill's state in a few words, billLead what happened and what now.
func (r *request) billWord(s payments.BillState) string {
	return r.words.With("bill.state."+string(s), nil)
}

func (r *request) billLead(s payments.BillState) string {
	return r.words.With("bill.lead_"+r.billSide()+string(s), nil)
}

// billSide is whose voice a sentence has: to the client, or to the office.
func (r *request) billSide() string {
	if r.actor.Kind == members.RoleClient {
		return "client."
	}
	return "office."
}

func billTone(s payments.BillState) ui.Tone {
	switch s {
	case payments.BillPaid:
		return ui.Good
	case payments.BillFailed, payments.BillDisputed:
		return ui.Bad
	case payments.BillRefunded, payments.BillPartRefunded:
		return ui.Neutral
	default:
		return ui.Waits
	}
}

// billFacts are for which work the bill is. The office reads also of whom.
func (r *request) billFacts(b payments.Bill) []ui.Fact {
	facts := []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.DayOf(b.Day)},
		{Icon: ui.IconClock, Text: r.words.Duration(b.Worked)},
	}
	if r.actor.Kind != members.RoleClient {
		facts = append(facts, ui.Fact{Icon: ui.IconClient, Text: b.ClientName})
	}
	return facts
}

// billSumTitle says whose money it is, to whom it is not theirs too.
func (r *request) billSumTitle() string {
	if r.actor.Kind == members.RoleCoordinator {
		return r.t("bill.sum_office")
	}
	return r.t("bill.sum")
}

// billSum explains the amount.
func (r *request) billSum(b payments.Bill, lines []payments.Line) []ui.Line {
	list := []ui.Line{
		{Text: r.t("hours.worked"), Amount: r.words.Duration(b.Worked)},
		{Text: r.t("gig.hour"), Amount: r.words.Money(b.Rate)},
	}
	for _, l := range lines {
		list = append(list, ui.Line{Text: r.words.With("bill.line."+string(l.Kind), nil), Amount: r.words.Money(l.Amount)})
	}
	list = append(list, ui.Line{Text: r.t("bill.total"), Amount: r.words.Money(b.Total), Total: true})
	if b.Beforehand == 0 {
		return list
	}
	return append(list, ui.Line{Text: r.t("bill.beforehand"), Amount: r.words.Money(-b.Beforehand)},
		ui.Line{Text: r.t("bill.rest"), Amount: r.words.Money(b.Due()), Total: true})
}

// openBills are those that the client still has to pay, at most so many.
func openBills(list []payments.Bill, most int) (open []payments.Bill) {
	for _, b := range list {
		if b.State.Open() && len(open) < most {
			open = append(open, b)
		}
	}
	return open
}

// paidBills are the others.
func paidBills(list []payments.Bill) (paid []payments.Bill) {
	for _, b := range list {
		if !b.State.Open() {
			paid = append(paid, b)
		}
	}
	return paid
}

// billTitle is what the work was called; of old bills that was taken out.
func (r *request) billTitle(b payments.Bill) string {
	if b.Title == "" {
		return r.t("bill.long_ago")
	}
	return b.Title
}

// billLanguage is that of billTitle.
func (r *request) billLanguage(b payments.Bill) string {
	if b.Title == "" {
		return string(r.words.Locale)
	}
	return string(b.Language)
}
