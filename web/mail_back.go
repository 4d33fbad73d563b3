package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
	"meent/web/words"
)

// BackTold tells the office of money that goes back, or is to: what, and by when
// an answer must be there; of whom stands on the page.
func (m *Mails) BackTold(ctx context.Context, key string, t payments.BackTold) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.payments.Office(ctx, t.Cooperative)
	if err != nil {
		return nil, err
	}
	path, d := "bills/"+t.Bill.String(), payments.Dispute{}
	if t.Bill.IsZero() {
		path = "money/disputes"
	}
	if !t.Dispute.IsZero() {
		path = "money/disputes/" + t.Dispute.String()
		if d, err = m.payments.ToldDispute(ctx, t.Cooperative, t.Dispute); err != nil {
			return nil, ignoreGone(err)
		}
	}
	return nil, m.tell(ctx, key, people, path, func(say *words.Speaker) (string, []string) {
		lines := []string{say.With("mail.back."+string(t.What), nil)}
		if !d.State.Ended() && !d.Until.IsZero() && !t.Dispute.IsZero() {
			lines = append(lines, say.T("mail.back_until", "Date", say.LongDate(d.Until)))
		}
		return say.T("mail.back_subject"), lines
	})
}

// BillTold tells a client's contacts that money comes back, or that there is an
// answer. What it is, stands on the page.
func (m *Mails) BillTold(ctx context.Context, key string, t payments.BillTold) (func(context.Context, pgx.Tx) error, error) {
	_, people, err := m.payments.Addressed(ctx, t.Cooperative, t.Bill)
	if err != nil {
		return nil, ignoreGone(err)
	}
	return nil, m.tell(ctx, key, people, "bills/"+t.Bill.String(), func(say *words.Speaker) (string, []string) {
		if t.Answered {
			return say.T("mail.answer_subject"), []string{say.T("mail.bill_answered")}
		}
		return say.T("mail.bill_back_subject"), []string{say.T("mail.bill_back")}
	})
}

// ClawbackTold tells a member that something was decided about their pay, and not
// what: that stands on the page, with the reason and who decided.
func (m *Mails) ClawbackTold(ctx context.Context, key string, t payments.ClawbackTold) (func(context.Context, pgx.Tx) error, error) {
	who, err := m.payments.ToldClawback(ctx, t)
	if err != nil {
		return nil, ignoreGone(err)
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.pay_subject"), lines: []string{say.T("mail.clawback_lead")}, link: m.url.JoinPath("pay").String() + "#back",
	})
}

// ignoreGone lets go of mails about what is not there any more.
func ignoreGone(err error) error {
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	return err
}
