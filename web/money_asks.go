package web

import (
	"strconv"

	"meent/payments"
	"meent/web/ui"
)

// moneyAsks counts what asks for somebody; what asks nothing is not there.
func (r *request) moneyAsks(b payments.Board, a payments.Asks) (figures []ui.Figure) {
	count := func(key string, n int, path string) {
		if n > 0 {
			figures = append(figures, ui.Figure{Number: strconv.Itoa(n), Text: r.words.N("moneyboard."+key, n), Path: path})
		}
	}
	count("stops", b.Stops, "/money/stops")
	count("differ", b.Differ, "/money/differences")
	count("untaken", b.Untaken, "/money/differences")
	count("refunds", a.Refunds, "/money/disputes")
	count("objections", a.Objections, "/money/disputes")
	count("disputes", a.Disputes, "/money/disputes")
	count("held", a.Held, "/payouts")
	count("advances", a.Advances, "/advances")
	count("proposals", a.Proposals, "/money/limits")
	count("unready", a.Unready, "/payouts")
	count("resting", a.Resting, "/payouts")
	count("unknown", b.Unknown.Count, "")
	return figures
}

// moneyLinks lead to all pages about money.
func (r *request) moneyLinks() []ui.Link {
	return []ui.Link{
		{Text: r.t("nav.bills"), Path: "/bills", Icon: ui.IconEuro},
		{Text: r.t("payouts.title"), Path: "/payouts", Icon: ui.IconClock},
		{Text: r.t("back.title"), Path: "/money/disputes", Icon: ui.IconInfo},
		{Text: r.t("advances.title"), Path: "/advances", Icon: ui.IconEuro},
		{Text: r.t("difference.title"), Path: "/money/differences", Icon: ui.IconSearch},
		{Text: r.t("paystop.title"), Path: "/money/stops", Icon: ui.IconInfo},
		{Text: r.t("manual.title"), Path: "/money/manual", Icon: ui.IconPen},
		{Text: r.t("limits.title"), Path: "/money/limits", Icon: ui.IconPen},
	}
}

// moneyNeeds is what a coordinator's first page says about money.
type moneyNeeds struct {
	stopped bool
	count   int // decisions and differences that wait for the office
}

func (r *request) moneyNeeds() (n moneyNeeds, err error) {
	board, err := r.web.Payments.Board(r.Request.Context(), r.actor)
	if err != nil {
		return n, err
	}
	asks, err := r.web.Payments.Asks(r.Request.Context(), r.actor)
	return moneyNeeds{stopped: !board.Moving(), count: asks.Office() - asks.Held + board.Differ}, err // what is held has a line of its own
}
