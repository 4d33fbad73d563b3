package web

import (
	"net/http"

	"meent/internal/id"
	"meent/payments"
)

// decideReturn handles POST /money/returns/:deposit: what becomes of money that was
// paid beforehand and could not be given back.
func decideReturn(r *request) error {
	deposit, err := id.Parse[payments.Deposit](r.Param("deposit"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	s, ctx, do := r.web.Payments, r.Request.Context(), f.text("do")
	way := map[string]func() error{
		"again":   func() error { return s.ReturnAgain(ctx, r.actor, deposit) },
		"hand":    func() error { return s.ReturnByHand(ctx, r.actor, deposit, f.text(handField(deposit))) },
		"approve": func() error { return s.AgreeByHand(ctx, r.actor, deposit, f.text("version")) },
		"refuse":  func() error { return s.DropByHand(ctx, r.actor, deposit) },
		"back":    func() error { return s.DropByHand(ctx, r.actor, deposit) },
	}[do]
	if way == nil {
		return errForm
	}
	if err := f.wrong(way()); err != nil {
		return err
	}
	if f.bad() {
		f.move("note", handField(deposit))
		return r.moneyBackPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("back.decided_" + do)
	return r.to("/money/disputes")
}

// handField is the field for how the client got it; each deposit on the page has one.
func handField(d payments.DepositID) string { return "note-" + d.String() }

func handFields(list []payments.Stuck) (names []string) {
	for _, k := range list {
		names = append(names, handField(k.ID))
	}
	return names
}
