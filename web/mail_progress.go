package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
)

// GoalWritten tells a member that their coach wrote a goal down, and never which.
// One that is gone by then needs no mail.
func (m *Mails) GoalWritten(ctx context.Context, key string, t coaching.GoalWritten) (func(context.Context, pgx.Tx) error, error) {
	who, err := m.coaching.GoalOf(ctx, t.Cooperative, t.Goal)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("goal.mail")}, link: m.url.JoinPath("progress").String(),
	})
}

// RungTold tells the member or their coach that it is time for the ladder, and
// nothing of whom or where.
func (m *Mails) RungTold(ctx context.Context, key string, t coaching.RungTold) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.RungPeople(ctx, t)
	if err != nil {
		return nil, err
	}
	for _, who := range people {
		say := m.words.In(who.Locale)
		text := noteText{say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("ladder.mail")}, link: m.url.JoinPath("progress").String()}
		if t.Coach {
			text.lines, text.link = []string{say.T("ladder.mail_coach")}, m.url.JoinPath("caseload", t.Member.String(), "progress").String()
			err = m.mailNote(ctx, key+":"+who.ID.String(), who, text)
		} else {
			err = m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, text)
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// WorkStepTold tells a member that their coach put them on another step of work, and
// which on the page alone.
func (m *Mails) WorkStepTold(ctx context.Context, key string, t coaching.WorkStepTold) (func(context.Context, pgx.Tx) error, error) {
	who, _, err := m.coaching.WorkStepOf(ctx, t.Cooperative, t.Move)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("worksteps.mail")}, link: m.url.JoinPath("progress").String(),
	})
}
