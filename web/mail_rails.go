package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/web/words"
)

// RailTold tells the member or the coach that there is news of what they agreed,
// and never what it says. Where nobody is left to hear it there is nothing to do.
func (m *Mails) RailTold(ctx context.Context, key string, t coaching.RailTold) (func(context.Context, pgx.Tx) error, error) {
	who, member, err := m.coaching.RailReader(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text := func(say *words.Speaker) (string, []string) {
		return say.T("mail.rail_subject"), []string{say.With("mail.rail."+string(t.News), nil)}
	}
	if !t.ToMember {
		return nil, m.tell(ctx, key, []members.Person{who}, "caseload/"+member.String()+"/rails", text)
	}
	note := noteText{say: m.words.In(who.Locale), link: m.url.JoinPath("coach", "rails").String()}
	note.subject, note.lines = text(note.say)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, note)
}

// OfferWaits tells the coach who follows the member now that an offer waits, and
// never which or whose. One that waits no more needs no mail.
func (m *Mails) OfferWaits(ctx context.Context, key string, t matching.OfferWaits) (func(context.Context, pgx.Tx) error, error) {
	who, member, err := m.matching.CoachWaited(ctx, t.Cooperative, t.Offer)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, []members.Person{who}, "caseload/"+member.String()+"/offers", func(say *words.Speaker) (string, []string) {
		return say.T("mail.coach_first_subject"), []string{say.T("mail.coach_first_lead")}
	})
}
