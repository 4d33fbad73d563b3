package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/members"
	"meent/web/words"
)

// EmailAsked makes the code for another address and mails it there. An address
// that somebody has, or too late: nothing is sent, and that is the end of it.
func (m *Mails) EmailAsked(ctx context.Context, _ string, t members.EmailAsked) (func(context.Context, pgx.Tx) error, error) {
	issued, err := m.members.IssueEmail(ctx, t.ID)
	if errors.Is(err, members.ErrNotFound) || errors.Is(err, members.ErrSignInSpent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(issued.Person.Locale)
	text := say.T("mail.email_code") + "\n\n    " + spaced(issued.Code) + "\n\n" +
		say.T("mail.signin_time") + "\n" + say.T("mail.signin_not_you")
	return nil, m.send(ctx, letter(say, issued.Person, issued.Key, text), nil)
}

// PhoneAsked makes the code for a number and sends it there. A number that
// somebody else has, or too late: nothing is sent, and that is the end of it.
func (m *Mails) PhoneAsked(ctx context.Context, _ string, t members.PhoneAsked) (func(context.Context, pgx.Tx) error, error) {
	issued, err := m.members.IssuePhone(ctx, t.ID)
	if errors.Is(err, members.ErrNotFound) || errors.Is(err, members.ErrSignInSpent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(issued.Person.Locale)
	return nil, m.text(ctx, issued.Mobile, issued.Key, say.T("sms.phone", "Code", spaced(issued.Code)))
}

// EmailChanged tells the old address.
func (m *Mails) EmailChanged(ctx context.Context, key string, t members.EmailChanged) (func(context.Context, pgx.Tx) error, error) {
	former, err := m.members.FormerEmail(ctx, t.ID)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(former.Locale)
	rests, err := m.restLine(ctx, say, former.ID)
	return nil, m.send(ctx, letter(say, former, key, say.T("mail.email_changed")+"\n"+rests+say.T("mail.not_you")), err)
}

// SignInChanged tells a person that how they sign in has changed.
func (m *Mails) SignInChanged(ctx context.Context, key string, t members.SignInChanged) (func(context.Context, pgx.Tx) error, error) {
	who, err := m.members.Addressee(ctx, t.Person)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	rests, err := m.restLine(ctx, say, who.ID)
	text := say.With("mail.changed."+string(t.What), nil) + "\n" + rests + say.T("mail.not_you")
	return nil, m.send(ctx, letter(say, who, key, text), err)
}

// letter is a short mail of text alone. Its subject says nothing to somebody who
// reads over a shoulder.
func letter(say *words.Speaker, to members.Person, key, text string) mail.Message {
	return mail.Message{
		To: string(to.Email), Subject: say.T("mail.account_subject"), Key: key,
		Text: say.T("mail.hello", "Name", to.Name) + "\n\n" + text + "\n\nMeent\n",
	}
}
