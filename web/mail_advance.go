package web

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/payments"
)

// AdvanceTold tells a member that their bank has an advance, or sent it back, or that there is an answer
// to what they asked: which one, and why, stands on the page. Of what was earned back by
// then the wage tells.
func (m *Mails) AdvanceTold(ctx context.Context, key string, t payments.AdvanceTold) (func(context.Context, pgx.Tx) error, error) {
	a, who, err := m.payments.ToldAdvance(ctx, t)
	if err != nil {
		return nil, ignoreGone(err)
	}
	say := m.words.In(who.Locale)
	var lines []string
	switch {
	case a.State == payments.AdvanceSent && a.SentBack:
		lines = []string{say.T("mail.advance_sent_back", "Amount", say.Money(a.Amount)), a.Title, say.T("mail.advance_check")}
	case a.State == payments.AdvanceOut:
		lines = []string{say.T("mail.advance_out", "Amount", say.Money(a.Amount)), a.Title, say.T("mail.advance_back")}
	case a.State == payments.AdvanceRefused:
		lines = []string{say.T("mail.advance_answer"), a.Title}
	default:
		return nil, nil
	}
	work, err := jobs.EngagementOf(a.Ref)
	if err != nil {
		return nil, err
	}
	return nil, m.noteMember(ctx, t.Cooperative, key, who, noteText{
		say: say, subject: say.T("mail.pay_subject"), lines: lines, link: m.url.JoinPath("pay", work.String()).String(),
	})
}
