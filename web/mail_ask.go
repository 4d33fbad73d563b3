package web

import (
	"bytes"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/matching"
	"meent/members"
)

// SeatAsked mails those who decide that a member asks for a seat, and never
// who. An ask that is over by then needs no mail.
func (m *Mails) SeatAsked(ctx context.Context, key string, t matching.SeatAsked) (func(context.Context, pgx.Tx) error, error) {
	o, people, err := m.matching.Deciders(ctx, t.Cooperative, t.Offer)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil || o.State != matching.Asked {
		return nil, err
	}
	for _, who := range people {
		message, err := m.askMail(ctx, key+" "+who.ID.String(), o, who)
		if err := m.send(ctx, message, err); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (m *Mails) askMail(ctx context.Context, key string, o matching.Offer, who members.Person) (mail.Message, error) {
	say := m.words.In(who.Locale)
	until := say.LongDate(o.Until) + ", " + say.Time(o.Until)
	text := offerText{say: say, name: who.Name, offer: o, link: m.url.JoinPath("asks", o.ID.String()).String(),
		subject: say.T("mail.ask_subject"), lead: say.T("mail.ask_lead"), last: say.T("mail.ask_until", "Moment", until)}
	var page bytes.Buffer
	err := offerMailPage(text).Render(ctx, &page)
	return mail.Message{To: string(who.Email), Subject: text.subject, Text: text.plain(), HTML: page.String(), Key: key}, err
}
