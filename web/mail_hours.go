package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// HoursProposed tells who must answer. Hours that were answered by then need no
// mail.
func (m *Mails) HoursProposed(ctx context.Context, key string, t jobs.HoursProposed) (func(context.Context, pgx.Tx) error, error) {
	w, people, err := m.jobs.Awaited(ctx, t.Cooperative, t.Engagement)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	for _, who := range people {
		if err == nil {
			err = m.tellHours(ctx, key+":"+who.ID.String(), t.Cooperative, w, who)
		}
	}
	return nil, err
}

// tellHours tells a member in the way that they chose, and a client by mail.
func (m *Mails) tellHours(ctx context.Context, key string, c id.Cooperative, w jobs.Work, who members.Person) error {
	if w.Sheet.State == jobs.MemberProposed {
		return m.mailPay(ctx, key, who, m.hoursText(w, who))
	}
	return m.payMember(ctx, c, key, who, m.hoursText(w, who))
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
