package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
	"meent/web/words"
)

// releasePayout handles POST /payouts/:payout/release: a person lets money leave
// that waits for one.
func releasePayout(r *request) error {
	payout, err := id.Parse[payments.Payout](r.Param("payout"))
	if err != nil {
		return err
	}
	released, err := r.web.Payments.ReleasePayout(r.Request.Context(), r.actor, payout)
	var wrong *payments.WrongMove
	switch {
	case errors.As(err, &wrong): // it was pressed twice: the page says where the money is
	case err != nil:
		return err
	case released:
		r.flash("held.released")
	default:
		r.flash("held.asked")
	}
	return r.to("/payouts")
}

// heldFacts say whose money waits, how much, since when and who said yes.
func (r *request) heldFacts(h payments.Held) []ui.Fact {
	facts := []ui.Fact{
		{Icon: ui.IconEuro, Text: r.words.Money(h.Amount)},
		{Icon: ui.IconClock, Text: r.t("held.since", "Date", r.words.Date(h.Since), "Time", r.words.Time(h.Since))},
	}
	if h.Title != "" {
		facts = append(facts, ui.Fact{Icon: ui.IconGig, Text: h.Title})
	}
	if h.AskedName != "" {
		facts = append(facts, ui.Fact{Icon: ui.IconPerson, Text: r.t("held.by", "Name", h.AskedName)})
	}
	return facts
}

// heldWhy says which limit it is.
func (r *request) heldWhy(h payments.Held) string {
	return r.words.With("held.why."+string(h.Why), nil)
}

// heldButton is the word of the next step: above the limit the first of two only
// asks.
func (r *request) heldButton(h payments.Held) string {
	if h.FourEyes && h.AskedName == "" {
		return r.t("held.ask")
	}
	return r.t("held.release")
}

// PayoutsHeld tells the office that money waits for a person, if it still does; of
// whom stands on the page.
func (m *Mails) PayoutsHeld(ctx context.Context, key string, t payments.PayoutsHeld) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.payments.ToldHeld(ctx, t.Cooperative)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "payouts", func(say *words.Speaker) (string, []string) {
		return say.T("mail.held_subject"), []string{say.T("mail.held_lead")}
	})
}
