package web

import (
	"bytes"
	"context"
	"errors"
	"net/url"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web/words"
)

// Mailer sends one message; mail.SMTP and mail.Mailbox do.
type Mailer interface {
	Send(context.Context, mail.Message) error
}

// Mails writes what people get by mail. Its methods are handlers of tasks.
type Mails struct {
	url      *url.URL
	members  *members.Service
	coaching *coaching.Service
	payments *payments.Service
	jobs     *jobs.Service
	matching *matching.Service
	mailer   Mailer
	texter   Texter // nil: there are no text messages
	words    *words.Book
}

// NewMails writes mails, and text messages where texter is not nil, that lead to
// this address.
func NewMails(public *url.URL, m *members.Service, coaches *coaching.Service, money *payments.Service, gigs *jobs.Service, offers *matching.Service, mailer Mailer, texter Texter) (*Mails, error) {
	book, err := words.Load()
	return &Mails{url: public, members: m, coaching: coaches, payments: money, jobs: gigs, matching: offers, mailer: mailer, texter: texter, words: book}, err
}

// SignIn makes the secrets of a sign-in and sends them. Nobody at the address,
// or too late: nothing is sent, and that is the end of it. A task that is
// repeated after a crash makes new secrets, and the newest mail is the one that
// works; so its key names the secrets and not the task.
func (m *Mails) SignIn(ctx context.Context, _ string, t members.SignInAsked) (func(context.Context, pgx.Tx) error, error) {
	issued, err := m.members.IssueSignIn(ctx, t.ID)
	if errors.Is(err, members.ErrNotFound) || errors.Is(err, members.ErrSignInSpent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if issued.Mobile != "" {
		return nil, m.text(ctx, issued.Mobile, issued.Key, m.signInWords(issued))
	}
	message, err := m.signInMail(ctx, issued)
	return nil, m.send(ctx, message, err)
}

func (m *Mails) signInMail(ctx context.Context, issued members.IssuedSignIn) (mail.Message, error) {
	say := m.words.In(issued.Person.Locale)
	text := signInText{
		say: say, name: issued.Person.Name, code: spaced(issued.Code),
		link: m.url.JoinPath("signin", "link", issued.Link).String(),
	}
	var page bytes.Buffer
	err := signInMailPage(text).Render(ctx, &page)
	return mail.Message{
		To: string(issued.Person.Email), Subject: say.T("mail.signin_subject"),
		Text: text.plain(), HTML: page.String(), Key: issued.Key,
	}, err
}

// signInWords is what the text message says: the code, or the link where too many
// codes were asked for today.
func (m *Mails) signInWords(issued members.IssuedSignIn) string {
	say := m.words.In(issued.Person.Locale)
	if issued.Code == "" {
		return say.T("sms.link") + "\n" + m.url.JoinPath("signin", "link", issued.Link).String()
	}
	return say.T("sms.code", "Code", spaced(issued.Code))
}

// spaced cuts a code in the middle, as people read it; none stays none.
func spaced(code string) string {
	if len(code) < 6 {
		return ""
	}
	return code[:3] + " " + code[3:]
}

// signInText is what the mail says, for both its forms. Without a code it says
// why.
type signInText struct {
	say              *words.Speaker
	name, code, link string
}

func (t signInText) plain() string {
	first := t.say.T("mail.signin_link_only") + "\n"
	if t.code != "" {
		first = t.say.T("mail.signin_code") + "\n\n    " + t.code + "\n\n" + t.say.T("mail.signin_link") + "\n"
	}
	return t.say.T("mail.hello", "Name", t.name) + "\n\n" + first + t.link + "\n\n" +
		t.say.T("mail.signin_time") + "\n" + t.say.T("mail.signin_not_you") + "\n\nMeent\n"
}
