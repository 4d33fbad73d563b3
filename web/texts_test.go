package web_test

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"

	"meent/internal/mail"
	"meent/matching"
	"meent/members"
	"meent/web"
	"meent/web/locales"
)

// wantsTexts lets the member be told by text message.
func (h *house) wantsTexts() members.Actor {
	h.t.Helper()
	anna := h.actors[members.RoleMember]
	ways := members.ContactWays{Channel: members.BySMS, Phone: "024 123 45 67", MostOffers: 3}
	h.must(h.members.Answer(h.t.Context(), anna, ways))
	return anna
}

// offered gives the messages about the member's first offer.
func (h *house) offered() (texts, mails []mail.Stored) {
	h.t.Helper()
	texts = h.texts()
	all, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	texts = slices.DeleteFunc(texts, func(m mail.Stored) bool { return !strings.Contains(m.Text, "/offers/") })
	mails = slices.DeleteFunc(all, func(m mail.Stored) bool { return m.SMS || !strings.Contains(m.Text, "/offers/") || m.To != memberMail })
	return texts, mails
}

// TestNewsGoTheWayThatTheMemberChose: by text message to a confirmed number, and
// by mail as long as there is none.
func TestNewsGoTheWayThatTheMemberChose(t *testing.T) {
	t.Run("a number that nobody confirmed", func(t *testing.T) {
		h := newHouse(t)
		h.wantsTexts()
		if texts, mails := h.offered(); len(texts) != 0 || len(mails) != 1 {
			t.Errorf("%d text messages and %d mails, want a mail", len(texts), len(mails))
		}
	})
	t.Run("a number that they confirmed", func(t *testing.T) {
		h := newEmptyHouse(t)
		h.actors, _ = h.cooperative("Waalkracht", "waal")
		anna := h.wantsTexts()
		h.hasPhone(anna)
		texts, mails := h.offered()
		if len(texts) != 1 || len(mails) != 0 {
			t.Fatalf("%d text messages and %d mails, want a text message", len(texts), len(mails))
		}
		if got := texts[0]; got.To != phone || !mail.FitsText(got.Text) || !strings.HasPrefix(got.Text, "Meent: Er is werk voor je\nhttp") {
			t.Errorf("the message is %+v", got.Message)
		}
		for _, private := range []string{"Mens", "Ramen", "Arnhem", "Linde", "16"} {
			if text, _, _ := strings.Cut(texts[0].Text, "\nhttp"); strings.Contains(text, private) {
				t.Errorf("the message tells %q: %s", private, text)
			}
		}
	})
	t.Run("by mail, with a number", func(t *testing.T) {
		h := newEmptyHouse(t)
		h.actors, _ = h.cooperative("Waalkracht", "waal")
		h.hasPhone(h.actors[members.RoleMember])
		if texts, mails := h.offered(); len(texts) != 0 || len(mails) != 1 {
			t.Errorf("%d text messages and %d mails, want a mail", len(texts), len(mails))
		}
	})
}

// hasPhone lets a person confirm the number, past the pages.
func (h *house) hasPhone(by members.Actor) {
	h.t.Helper()
	h.must(h.members.AskPhone(h.t.Context(), by.Person, phone))
	var change members.PhoneChangeID
	h.must(h.db.QueryRow(h.t.Context(), `SELECT id FROM members.phone_change ORDER BY asked_at DESC LIMIT 1`).Scan(&change))
	issued, err := h.members.IssuePhone(h.t.Context(), change)
	h.must(err)
	h.must(h.members.ConfirmPhone(h.t.Context(), by, issued.Code))
}

// texter answers every message in one way.
type texter struct {
	err  error
	sent []mail.Text
}

func (x *texter) SendText(_ context.Context, t mail.Text) error {
	x.sent = append(x.sent, t)
	return x.err
}

// tells handles the news of an offer with this texter, and gives how many mails
// went out instead.
func (h *house) tells(x web.Texter, host string) (mails int, err error) {
	h.t.Helper()
	m, err := web.NewMails(&url.URL{Scheme: "https", Host: host}, h.members, h.coaching, nil, h.jobs, h.matching, h.mailbox, x)
	h.must(err)
	var sent matching.OfferSent
	h.must(h.db.QueryRow(h.t.Context(), `SELECT id, cooperative_id FROM matching.offer LIMIT 1`).Scan(&sent.Offer, &sent.Cooperative))
	before, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	_, err = m.OfferSent(h.t.Context(), "key "+host, sent)
	after, listErr := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(listErr)
	return len(after) - len(before), err
}

// TestNobodyIsLeftInSilence: what can never arrive as a text message goes by
// mail, and what may arrive later is tried again.
func TestNobodyIsLeftInSilence(t *testing.T) {
	h := newEmptyHouse(t)
	h.actors, _ = h.cooperative("Waalkracht", "waal")
	h.hasPhone(h.wantsTexts())
	h.texts() // the offer is there
	if mails, err := h.tells(&texter{err: mail.Invalid{Field: "To"}}, "a.example"); mails != 1 || err != nil {
		t.Errorf("a number that is no more: %d mails, %v", mails, err)
	}
	later := errors.New("later")
	if mails, err := h.tells(&texter{err: later}, "b.example"); mails != 0 || !errors.Is(err, later) {
		t.Errorf("a service that is away: %d mails, %v", mails, err)
	}
	if mails, err := h.tells(nil, "c.example"); mails != 1 || err != nil {
		t.Errorf("no text messages: %d mails, %v", mails, err)
	}
	long := strings.Repeat("lang", 20) + ".example"
	if x := (&texter{}); true {
		mails, err := h.tells(x, long)
		if mails != 0 || err != nil || len(x.sent) != 1 || x.sent[0].Text != "Meent: Er is werk voor je\nhttps://"+long {
			t.Errorf("a long address: %d mails, %v, %+v", mails, err, x.sent)
		}
	}
}

// TestNewsFitTextMessages: every subject goes out as one text message, with the
// longest link there is.
func TestNewsFitTextMessages(t *testing.T) {
	link := "\nhttps://meent.een-lange-cooperatie.example/engagements/12345678-1234-1234-1234-123456789012/unsafe"
	for _, name := range []string{"nl.toml", "en.toml"} {
		var all struct {
			Mail map[string]any
			SMS  map[string]string
		}
		readTexts(t, name, &all)
		subjects := all.Mail["offer_subject"].(map[string]any)
		for key, value := range all.Mail {
			if strings.HasSuffix(key, "_subject") && key != "offer_subject" {
				subjects[key] = value
			}
		}
		if len(subjects) < 15 {
			t.Fatalf("%s: only %d subjects", name, len(subjects))
		}
		for key, value := range subjects {
			if text := "Meent: " + value.(string) + link; !mail.FitsText(text) {
				t.Errorf("%s: %s does not fit: %q", name, key, text)
			}
		}
		for key, text := range all.SMS {
			text = strings.ReplaceAll(text, "{{.Code}}", "123 456")
			if key == "link" {
				text += "\nhttps://meent.cooperatie.example/signin/link/" + strings.Repeat("x", 43)
			}
			if !mail.FitsText(text) {
				t.Errorf("%s: sms.%s does not fit: %d, %q", name, key, len(text), text)
			}
		}
	}
}

// TestQuietHoursOfNews: the text message comes in the morning.
func TestQuietHoursOfNews(t *testing.T) {
	h := newEmptyHouse(t)
	h.now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC) // 23.00
	h.actors, _ = h.cooperative("Waalkracht", "waal")
	anna := h.actors[members.RoleMember]
	h.hasPhone(anna)
	ways := members.ContactWays{Channel: members.BySMS, Phone: phone, Quiet: &members.Span{From: 88, Until: 32}, MostOffers: 3}
	h.must(h.members.Answer(t.Context(), anna, ways))
	if texts, mails := h.offered(); len(texts)+len(mails) != 0 {
		t.Errorf("at night came %d text messages and %d mails", len(texts), len(mails))
	}
	h.now = time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)
	if texts, _ := h.offered(); len(texts) != 1 {
		t.Errorf("in the morning came %d text messages", len(texts))
	}
}

// readTexts reads a file of texts into what a test looks at.
func readTexts(t *testing.T, name string, into any) {
	t.Helper()
	data, err := locales.Files.ReadFile(name)
	if err == nil {
		err = toml.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
