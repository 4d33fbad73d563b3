package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/words"
)

// HandOverNews tells a member where their hand-over stands: what is proposed
// wants their yes or no, and a new coach has no keys until they give some. News of
// what has moved on is not told.
func (m *Mails) HandOverNews(ctx context.Context, key string, t coaching.HandOverNews) (func(context.Context, pgx.Tx) error, error) {
	who, err := m.coaching.HandOverMember(ctx, t)
	path := []string{"coach", "handover"}
	if t.State == coaching.HandOverDone {
		path = []string{"sharing"}
	}
	return nil, m.memberNews(ctx, key, t.Cooperative, who, err, "mail.coach_subject", "mail.handover."+string(t.State), path...)
}

// memberNews mails one sentence to a member who was found.
func (m *Mails) memberNews(ctx context.Context, key string, c id.Cooperative, who members.Person, err error, subject, line string, path ...string) error {
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	say := m.words.In(who.Locale)
	return m.noteMember(ctx, c, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.With(subject, nil), lines: []string{say.With(line, nil)}, link: m.url.JoinPath(path...).String(),
	})
}

// HandOverTold mails coaches and coordinators where a hand-over stands, and
// never of whom.
func (m *Mails) HandOverTold(ctx context.Context, key string, t coaching.HandOverTold) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.HandOverPeople(ctx, t)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "home", func(say *words.Speaker) (string, []string) {
		return say.T("mail.handover_subject"), []string{say.With("mail.handover_told."+string(t.State), nil)}
	})
}

// CoachMoved tells a member that the office gave them another coach.
func (m *Mails) CoachMoved(ctx context.Context, key string, t coaching.CoachMoved) (func(context.Context, pgx.Tx) error, error) {
	who, err := m.coaching.MemberPerson(ctx, t.Cooperative, t.Member)
	return nil, m.memberNews(ctx, key, t.Cooperative, who, err, "mail.coach_subject", "mail.coach_moved", "coach")
}

// StandInNews tells a member that somebody helps them meanwhile, or does not any
// more. Keys are theirs to give.
func (m *Mails) StandInNews(ctx context.Context, key string, t coaching.StandInNews) (func(context.Context, pgx.Tx) error, error) {
	s, who, err := m.coaching.StandInMember(ctx, t)
	line := "mail.stand_in"
	if !s.Ended.IsZero() {
		line = "mail.stand_in_ended"
	}
	return nil, m.memberNews(ctx, key, t.Cooperative, who, err, "mail.coach_subject", line, "sharing")
}

// StandInTold mails a colleague that they stand in, or do not any more.
func (m *Mails) StandInTold(ctx context.Context, key string, t coaching.StandInTold) (func(context.Context, pgx.Tx) error, error) {
	s, who, err := m.coaching.StandInColleague(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, []members.Person{who}, "stand-ins", func(say *words.Speaker) (string, []string) {
		if !s.Ended.IsZero() {
			return say.T("mail.stand_in_subject"), []string{say.T("mail.stand_in_over")}
		}
		return say.T("mail.stand_in_subject"), []string{say.T("mail.stand_in_told", "From", say.DayOf(s.From), "Until", say.DayOf(s.Until))}
	})
}
