package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// ClientDecided mails a client's contacts that there is an answer.
func (m *Mails) ClientDecided(ctx context.Context, key string, t members.ClientDecided) (func(context.Context, pgx.Tx) error, error) {
	c, people, err := m.members.ToldClient(ctx, t.Cooperative, t.Client)
	if errors.Is(err, members.ErrNotFound) || err == nil && c.State == members.ClientAsked {
		return nil, nil
	}
	for _, who := range people {
		if err == nil {
			say := m.words.In(who.Locale)
			err = m.mailNote(ctx, key+":"+who.ID.String(), who, noteText{
				say: say, subject: say.T("mail.client_subject"), lines: []string{say.T("mail.client_lead")}, link: m.url.JoinPath("home").String(),
			})
		}
	}
	return nil, err
}

// ColleagueInvited makes the secret of an invitation and mails it; what cannot
// be used any more needs no mail. As with signing in, its key names the secret.
func (m *Mails) ColleagueInvited(ctx context.Context, _ string, t members.ColleagueInvited) (func(context.Context, pgx.Tx) error, error) {
	issued, err := m.members.IssueColleagueInvitation(ctx, t.Cooperative, t.ColleagueInvitation)
	if errors.Is(err, members.ErrInvitationSpent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(issued.Person.Locale)
	return nil, m.mailNote(ctx, issued.Key, issued.Person, noteText{
		say: say, subject: say.T("mail.colleague_subject"), link: m.url.JoinPath("invited", issued.Link).String(),
		lines: []string{say.T("mail.colleague_lead", "Name", issued.InvitedBy, "Client", issued.ClientName), say.T("mail.colleague_last")},
	})
}

// RestrictionChanged mails a person that there is something to read. What it
// is, stands on the page.
func (m *Mails) RestrictionChanged(ctx context.Context, key string, t members.RestrictionChanged) (func(context.Context, pgx.Tx) error, error) {
	x, who, err := m.members.ToldRestriction(ctx, t.Cooperative, t.Restriction)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.mailNote(ctx, key, who, noteText{
		say: say, subject: say.T("mail.note_subject"), lines: []string{say.T("mail.note_lead")}, link: m.url.JoinPath("restriction", x.ID.String()).String(),
	})
}

// ReviewTold mails news of a review to those who have to do with it, unless it
// is answered by then and the news is older.
func (m *Mails) ReviewTold(ctx context.Context, key string, t members.ReviewTold) (func(context.Context, pgx.Tx) error, error) {
	v, people, err := m.members.ToldReview(ctx, t)
	if errors.Is(err, members.ErrNotFound) || err == nil && !v.Open() && t.News != members.NewsAnswered {
		return nil, nil
	}
	for _, who := range people {
		if err == nil {
			say := m.words.In(who.Locale)
			args := map[string]any{"Date": say.LongDate(v.Due)}
			err = m.mailNote(ctx, key+":"+who.ID.String(), who, noteText{
				say: say, subject: say.T("mail.note_subject"), lines: []string{say.With("mail.review_lead."+string(t.News), args)},
				link: m.url.JoinPath("reviews", v.ID.String()).String(),
			})
		}
	}
	return nil, err
}
