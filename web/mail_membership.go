package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// MembershipMoved tells a member where they stand, if they still stand there.
func (m *Mails) MembershipMoved(ctx context.Context, key string, t members.MembershipMoved) (func(context.Context, pgx.Tx) error, error) {
	n, err := m.members.News(ctx, t.Cooperative, t.Member)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil || n.Membership != t.To {
		return nil, err
	}
	say := m.words.In(n.Member.Locale)
	args := map[string]any{"Cooperative": n.CooperativeName, "Day": say.DayOf(n.TrialUntil)}
	return nil, m.noteMember(ctx, t.Cooperative, key, n.Member, noteText{
		say: say, subject: say.T("mail.membership_subject"), link: m.url.JoinPath("home").String(),
		lines: []string{say.With("mail.membership."+string(t.To), args), say.With("mail.membership_more."+string(t.To), args)},
	})
}

// TrialEnds reminds the coordinators and the member, if the trial still ends
// then. The office's mail says nothing of whom it is about.
func (m *Mails) TrialEnds(ctx context.Context, key string, t members.TrialEnds) (func(context.Context, pgx.Tx) error, error) {
	n, err := m.members.News(ctx, t.Cooperative, t.Member)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil || n.Membership != members.OnTrial || n.TrialUntil != t.Until {
		return nil, err
	}
	for _, who := range n.Coordinators {
		say := m.words.In(who.Locale)
		err := m.mailNote(ctx, key+" "+who.ID.String(), who, noteText{
			say: say, subject: say.T("mail.membership_subject"), link: m.url.JoinPath("members", t.Member.String()).String(),
			lines: []string{say.T("mail.trial_office", "Day", say.DayOf(t.Until)), say.T("mail.trial_office_now")},
		})
		if err != nil {
			return nil, err
		}
	}
	say := m.words.In(n.Member.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key, n.Member, noteText{
		say: say, subject: say.T("mail.membership_subject"), link: m.url.JoinPath("home").String(),
		lines: []string{say.T("mail.trial_member", "Cooperative", n.CooperativeName, "Day", say.DayOf(t.Until)), say.T("mail.trial_member_now")},
	})
}
