package mail

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/pg/pgtest"
)

// mailer is what both implementations promise.
type mailer interface {
	Send(ctx context.Context, m Message) error
}

// arrived is what came of a message. ID is what tells two copies of one message
// from two messages.
type arrived struct{ ID, To, Subject, Text, HTML string }

func noon() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

func TestMailers(t *testing.T) {
	t.Run("mailbox", func(t *testing.T) {
		testMailer(t, func(t *testing.T) (mailer, func() []arrived) {
			box := NewMailbox(pgtest.New(t, Schema()), noon, nil)
			return box, func() []arrived { return inMailbox(t, box) }
		})
	})
	t.Run("smtp", func(t *testing.T) {
		testMailer(t, func(t *testing.T) (mailer, func() []arrived) {
			server := startServer(t, nil)
			return server.mailer(t), func() []arrived { return server.arrived(t) }
		})
	})
}

func inMailbox(t *testing.T, box *Mailbox) (all []arrived) {
	stored, err := box.List(t.Context(), MailboxSize)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stored {
		all = append(all, arrived{s.ID.String(), s.To, s.Subject, s.Text, s.HTML})
	}
	return all
}

func testMailer(t *testing.T, open func(*testing.T) (mailer, func() []arrived)) {
	fine := Message{To: "anna@example.org", Subject: "Je code is 123456 – één keer", Text: "Dag Zoë,\nhier is je code.\n", HTML: "<p>Dag Zoë</p>", Key: "k"}

	t.Run("arrives as it was", func(t *testing.T) {
		m, arrivals := open(t)
		if err := m.Send(t.Context(), fine); err != nil {
			t.Fatal(err)
		}
		plain := fine
		plain.HTML, plain.Key = "", "l"
		if err := m.Send(t.Context(), plain); err != nil {
			t.Fatal(err)
		}
		got := map[string]arrived{}
		for _, a := range arrivals() {
			got[a.HTML] = arrived{To: a.To, Subject: a.Subject, Text: a.Text, HTML: a.HTML}
		}
		want := map[string]arrived{
			fine.HTML: {To: fine.To, Subject: fine.Subject, Text: fine.Text, HTML: fine.HTML},
			"":        {To: fine.To, Subject: fine.Subject, Text: fine.Text},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("one key is one message", func(t *testing.T) {
		m, arrivals := open(t)
		other := fine
		other.Key = "other"
		for _, message := range []Message{fine, fine, other} {
			if err := m.Send(t.Context(), message); err != nil {
				t.Fatal(err)
			}
		}
		ids := map[string]bool{}
		for _, a := range arrivals() {
			ids[a.ID] = true
		}
		if len(ids) != 2 {
			t.Errorf("messages %v, want two", ids)
		}
	})

	t.Run("refuses", func(t *testing.T) {
		m, arrivals := open(t)
		for name, bad := range invalidMessages(fine) {
			err := m.Send(t.Context(), bad)
			var invalid Invalid
			if !errors.As(err, &invalid) || !strings.HasPrefix(name, invalid.Field+" ") || !Final(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := len(arrivals()); n != 0 {
			t.Errorf("%d refused messages arrived", n)
		}
	})
}

// invalidMessages are named by the field that is wrong.
func invalidMessages(fine Message) map[string]Message {
	with := func(change func(*Message)) Message { m := fine; change(&m); return m }
	return map[string]Message{
		"To nobody":               with(func(m *Message) { m.To = "" }),
		"To two":                  with(func(m *Message) { m.To = "a@example.org, b@example.org" }),
		"To with a name":          with(func(m *Message) { m.To = "Anna <a@example.org>" }),
		"To in brackets":          with(func(m *Message) { m.To = "<a@example.org>" }),
		"To with a header":        with(func(m *Message) { m.To = "a@example.org\r\nBcc: b@example.org" }),
		"To with a quoted line":   with(func(m *Message) { m.To = "\"a\r\n b\"@example.org" }),
		"Subject missing":         with(func(m *Message) { m.Subject = "" }),
		"Subject with a header":   with(func(m *Message) { m.Subject = "Hoi\r\nBcc: b@example.org" }),
		"Subject with a new line": with(func(m *Message) { m.Subject = "Hoi\nBcc: b@example.org" }),
		"Subject not UTF-8":       with(func(m *Message) { m.Subject = "Hoi \xff" }),
		"Text missing":            with(func(m *Message) { m.Text = "" }),
		"Text with a zero byte":   with(func(m *Message) { m.Text = "Hoi\x00" }),
		"HTML with a zero byte":   with(func(m *Message) { m.HTML = "Hoi\x00" }),
		"Key missing":             with(func(m *Message) { m.Key = "" }),
		"Key with a new line":     with(func(m *Message) { m.Key = "k\nX: y" }),
	}
}
