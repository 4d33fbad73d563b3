package web

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/internal/tasks"
	"meent/matching"
	"meent/members"
	"meent/web/words"
)

// OfferSent tells a member that there is work. An offer that is over by then
// needs no mail.
func (m *Mails) OfferSent(ctx context.Context, key string, t matching.OfferSent) (func(context.Context, pgx.Tx) error, error) {
	return nil, m.mailOffer(ctx, key, t.Cooperative, t.Offer, matching.Sent)
}

// OfferDecided tells what became of a yes, or of what a member asked.
func (m *Mails) OfferDecided(ctx context.Context, key string, t matching.OfferDecided) (func(context.Context, pgx.Tx) error, error) {
	return nil, m.mailOffer(ctx, key, t.Cooperative, t.Offer, matching.Confirmed, matching.Reserve, matching.Thanked, matching.Withdrawn,
		matching.Refused, matching.Expired)
}

// mailOffer tells when the offer is in one of the states.
func (m *Mails) mailOffer(ctx context.Context, key string, c id.Cooperative, offer matching.OfferID, states ...matching.State) error {
	o, who, err := m.matching.Addressed(ctx, c, offer)
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, state := range states {
		if o.State == state {
			message, link, err := m.offerMail(ctx, key, o, who)
			return m.tellMember(ctx, c, who, message, link, err)
		}
	}
	return nil
}

// send gives up on what no try would change.
func (m *Mails) send(ctx context.Context, message mail.Message, err error) error {
	if err != nil {
		return err
	}
	if members.Email(message.To).Erased() {
		return nil // there is nobody to tell any more
	}
	if err = m.mailer.Send(ctx, message); mail.Final(err) {
		err = tasks.GiveUp(err)
	}
	return err
}

func (m *Mails) offerMail(ctx context.Context, key string, o matching.Offer, who members.Person) (message mail.Message, link string, err error) {
	say := m.words.In(who.Locale)
	text := offerText{say: say, name: who.Name, offer: o, link: m.url.JoinPath("offers", o.ID.String()).String(),
		subject: say.With("mail.offer_subject."+string(o.State), nil), lead: say.With(offerSays("lead", o, o.State), nil)}
	var page bytes.Buffer
	err = offerMailPage(text).Render(ctx, &page)
	return mail.Message{To: string(who.Email), Subject: text.subject, Text: text.plain(), HTML: page.String(), Key: key}, text.link, err
}

// offerText is what the mail says, for both its forms. The subject tells nothing
// to somebody who reads over a shoulder.
type offerText struct {
	say           *words.Speaker
	name          string
	offer         matching.Offer
	link          string
	subject, lead string
	last          string // sentence; may be empty
}

func (t offerText) lines() []string {
	when := t.say.LongDate(t.offer.Shift.Starts) + ", " + t.say.Span(t.offer.Shift.Starts, t.offer.Shift.Ends)
	lines := []string{t.lead, t.offer.Title, when, t.offer.PlaceName}
	if t.last != "" {
		lines = append(lines, t.last)
	}
	return lines
}

func (t offerText) plain() string {
	return t.say.T("mail.hello", "Name", t.name) + "\n\n" + strings.Join(t.lines(), "\n") + "\n\n" + t.say.T("mail.offer_go") + "\n" + t.link + "\n\nMeent\n"
}
