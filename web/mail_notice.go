package web

import (
	"bytes"
	"context"
	"strings"

	"meent/internal/mail"
	"meent/members"
	"meent/web/words"
)

// noticeText is a mail that says that something is there, for both its forms.
// Its subject tells nothing to somebody who reads over a shoulder.
type noticeText struct {
	say           *words.Speaker
	name, subject string
	lines         []string
	link          string
}

func (t noticeText) plain() string {
	return t.say.T("mail.hello", "Name", t.name) + "\n\n" + strings.Join(t.lines, "\n") + "\n\n" + t.say.T("mail.offer_go") + "\n" + t.link + "\n\nMeent\n"
}

// tell mails each of these people what text makes in their language, once a key.
func (m *Mails) tell(ctx context.Context, key string, people []members.Person, path string, text func(*words.Speaker) (subject string, lines []string)) error {
	for _, who := range people {
		say := m.words.In(who.Locale)
		notice := noticeText{say: say, name: who.Name, link: m.url.JoinPath(path).String()}
		notice.subject, notice.lines = text(say)
		var page bytes.Buffer
		err := noticeMailPage(notice).Render(ctx, &page)
		message := mail.Message{To: string(who.Email), Subject: notice.subject, Text: notice.plain(), HTML: page.String(), Key: key + ":" + who.ID.String()}
		if err := m.send(ctx, message, err); err != nil {
			return err
		}
	}
	return nil
}
