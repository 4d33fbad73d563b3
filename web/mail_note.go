package web

import (
	"bytes"
	"context"
	"strings"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/members"
	"meent/web/words"
)

// tell mails each of these people what text makes in their language, once a key.
func (m *Mails) tell(ctx context.Context, key string, people []members.Person, path string, text func(*words.Speaker) (subject string, lines []string)) error {
	for _, who := range people {
		note := noteText{say: m.words.In(who.Locale), link: m.url.JoinPath(path).String()}
		note.subject, note.lines = text(note.say)
		if err := m.mailNote(ctx, key+":"+who.ID.String(), who, note); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mails) mailNote(ctx context.Context, key string, who members.Person, text noteText) error {
	message, err := noteMail(ctx, key, who, text)
	return m.send(ctx, message, err)
}

// noteMember is mailNote in the way that the member chose.
func (m *Mails) noteMember(ctx context.Context, c id.Cooperative, key string, who members.Person, text noteText) error {
	message, err := noteMail(ctx, key, who, text)
	return m.tellMember(ctx, c, who, message, text.link, err)
}

func noteMail(ctx context.Context, key string, who members.Person, text noteText) (mail.Message, error) {
	text.name = who.Name
	var page bytes.Buffer
	err := noteMailPage(text).Render(ctx, &page)
	return mail.Message{To: string(who.Email), Subject: text.subject, Text: text.plain(), HTML: page.String(), Key: key}, err
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
