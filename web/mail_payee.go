package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
	"meent/web/words"
)

// PayWaits tells a member that money waits until they told where to, if it still
// does.
func (m *Mails) PayWaits(ctx context.Context, key string, t payments.PayWaits) (func(context.Context, pgx.Tx) error, error) {
	who, p, err := m.payments.PayeeTold(ctx, t.Cooperative, t.Member)
	if errors.Is(err, members.ErrNotFound) || err == nil && p.State == payments.PayeeReady {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	lines := []string{say.T("mail.pay_waits"), say.T("mail.pay_waits_how"), say.T("mail.pay_waits_coach")}
	return nil, m.noteMember(ctx, t.Cooperative, key, who, noteText{say: say, subject: say.T("mail.pay_subject"), lines: lines, link: m.bankLink()})
}

// BankTold tells a member by mail, whatever way they chose, that another bank
// account was given for their money: was this you?
func (m *Mails) BankTold(ctx context.Context, key string, t payments.BankTold) (func(context.Context, pgx.Tx) error, error) {
	who, p, err := m.payments.PayeeTold(ctx, t.Cooperative, t.Member)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	lines := []string{say.T("mail.bank_told")}
	if !p.Rests.IsZero() {
		lines = append(lines, say.T("mail.pay_rests", "Until", restEnds(say, p.Rests)))
	}
	lines = append(lines, say.T("mail.bank_you"), say.T("mail.not_you"))
	return nil, m.mailNote(ctx, key, who, noteText{say: say, subject: say.T("mail.pay_subject"), lines: lines, link: m.bankLink()})
}

func (m *Mails) bankLink() string { return m.url.JoinPath(bankPath).String() }

// restLine says until when the person's money rests, after how they sign in was
// changed; empty: none is paid to them, or it does not rest.
func (m *Mails) restLine(ctx context.Context, say *words.Speaker, who members.PersonID) (string, error) {
	until, err := m.payments.RestsOf(ctx, who)
	if err != nil || until.IsZero() {
		return "", err
	}
	return say.T("mail.pay_rests", "Until", restEnds(say, until)) + "\n", nil
}
