package web

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/members"
	"meent/web/words"
)

// MembershipMoved mails a member where they stand, if they still stand there.
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
	return nil, m.mailNote(ctx, key, n.Member, noteText{
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
	return nil, m.mailNote(ctx, key, n.Member, noteText{
		say: say, subject: say.T("mail.membership_subject"), link: m.url.JoinPath("home").String(),
		lines: []string{say.T("mail.trial_member", "Cooperative", n.CooperativeName, "Day", say.DayOf(t.Until)), say.T("mail.trial_member_now")},
	})
}

func (m *Mails) mailNote(ctx context.Context, key string, who members.Person, text noteText) error {
	text.name = who.Name
	var page bytes.Buffer
	err := noteMailPage(text).Render(ctx, &page)
	message := mail.Message{To: string(who.Email), Subject: text.subject, Text: text.plain(), HTML: page.String(), Key: key}
	return m.send(ctx, message, err)
}

// noteText is a mail of a few sentences and a link, for both its forms. Its
// subject tells nothing to somebody who reads over a shoulder.
type noteText struct {
	say           *words.Speaker
	name, subject string // no name: a person whom we do not know yet
	lines         []string
	link, open    string // what the link says; empty: the usual
}

func (t noteText) hello() string {
	if t.name == "" {
		return t.say.T("mail.hello_you")
	}
	return t.say.T("mail.hello", "Name", t.name)
}

func (t noteText) opens() string {
	if t.open == "" {
		return t.say.T("mail.offer_go")
	}
	return t.open
}

func (t noteText) plain() string {
	return t.hello() + "\n\n" + strings.Join(t.lines, "\n") + "\n\n" + t.opens() + "\n" + t.link + "\n\nMeent\n"
}
