package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// HoursProposed mails who must answer. Hours that were answered by then need no
// mail.
func (m *Mails) HoursProposed(ctx context.Context, key string, t jobs.HoursProposed) (func(context.Context, pgx.Tx) error, error) {
	w, people, err := m.jobs.Awaited(ctx, t.Cooperative, t.Engagement)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	for _, who := range people {
		if err == nil {
			err = m.mailPay(ctx, key+":"+who.ID.String(), who, m.hoursText(w, who))
		}
	}
	return nil, err
}

func (m *Mails) hoursText(w jobs.Work, who members.Person) payText {
	say, side := m.words.In(who.Locale), "member."
	if w.Sheet.State == jobs.MemberProposed {
		side = "client."
	}
	return payText{
		say: say, subject: say.T("mail.hours_subject"), title: w.Title, day: payments.DayOf(w.Shift.Starts), amount: w.Earned(),
		lead: say.With("hours.lead_"+side+"yours", nil), link: m.url.JoinPath("engagements", w.ID.String()).String(),
	}
}
