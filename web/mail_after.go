package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/words"
)

// What comes after the work is told without what was said, and of whom: that
// stands on the page.

// tellSideOf is who is told what, and where it stands.
type tellSideOf struct {
	house  id.Cooperative
	side   members.RoleKind
	people []members.Person
	text   string // its key
	path   []string
}

// tellSide tells a member in the way that they chose, and a client by mail.
func (m *Mails) tellSide(ctx context.Context, key string, of tellSideOf) error {
	for _, who := range of.people {
		say := m.words.In(who.Locale)
		note := noteText{say: say, subject: say.T("mail.after_subject"), lines: []string{say.With(of.text, nil)}, link: m.url.JoinPath(of.path...).String()}
		if err := m.noteSide(ctx, of, key+":"+who.ID.String(), who, note); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mails) noteSide(ctx context.Context, of tellSideOf, key string, who members.Person, note noteText) error {
	if of.side == members.RoleMember {
		return m.noteMember(ctx, of.house, key, who, note)
	}
	return m.mailNote(ctx, key, who, note)
}

func ignoreMoved(err error) error {
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	return err
}

// FeedbackTold tells the other side that there is feedback, or an answer.
func (m *Mails) FeedbackTold(ctx context.Context, key string, t jobs.FeedbackTold) (func(context.Context, pgx.Tx) error, error) {
	work, side, people, err := m.jobs.ToldFeedback(ctx, t)
	if err != nil {
		return nil, ignoreMoved(err)
	}
	text := "mail.after.feedback_"
	if t.Answer {
		text = "mail.after.answer_"
	}
	return nil, m.tellSide(ctx, key, tellSideOf{t.Cooperative, side, people, text + string(side), []string{"engagements", work.String(), "feedback"}})
}

// FavouriteTold tells the other side where a favourite stands.
func (m *Mails) FavouriteTold(ctx context.Context, key string, t jobs.FavouriteTold) (func(context.Context, pgx.Tx) error, error) {
	_, side, people, err := m.jobs.ToldFavourite(ctx, t)
	if err != nil {
		return nil, ignoreMoved(err)
	}
	text := "mail.after.favourite_" + string(t.State)
	if side == members.RoleMember && t.State == jobs.FavouriteExpired {
		text = "mail.after.favourite_member_expired"
	}
	return nil, m.tellSide(ctx, key, tellSideOf{t.Cooperative, side, people, text, []string{"favourites"}})
}

// JobTold tells one side how far a job offer is.
func (m *Mails) JobTold(ctx context.Context, key string, t jobs.JobTold) (func(context.Context, pgx.Tx) error, error) {
	o, people, err := m.jobs.ToldJob(ctx, t)
	if err != nil {
		return nil, ignoreMoved(err)
	}
	path, text := []string{"jobs", t.Job.String()}, "mail.after.job_"+string(t.To)+"_"+string(t.State)
	if t.To == members.RoleCoach {
		path = []string{"caseload", o.Member.String(), "jobs"}
	} else if t.State == jobs.JobAsked && o.CoachSaid != "" {
		text = "mail.after.job_member_advised"
	}
	return nil, m.tellSide(ctx, key, tellSideOf{t.Cooperative, t.To, people, text, path})
}

// MemberRefused tells the member kindly, and those who help the two; never why.
func (m *Mails) MemberRefused(ctx context.Context, key string, t jobs.MemberRefused) (func(context.Context, pgx.Tx) error, error) {
	r, who, office, coaches, err := m.jobs.ToldMemberRefused(ctx, t)
	if err != nil {
		return nil, ignoreMoved(err)
	}
	if !t.Office {
		return nil, m.tellSide(ctx, key, tellSideOf{t.Cooperative, members.RoleMember, []members.Person{who}, "mail.after.refused_member", []string{"refusals"}})
	}
	line := func(say *words.Speaker) (string, []string) {
		return say.T("mail.after_subject"), []string{say.T("mail.after.refused_office")}
	}
	if err := m.tell(ctx, key+":office", office, "refusals", line); err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key+":coach", coaches, "caseload/"+r.Member.String()+"/refusals", line)
}

// RefusalEnded tells the member, and where a second look ended it the client.
func (m *Mails) RefusalEnded(ctx context.Context, key string, t members.RefusalEnded) (func(context.Context, pgx.Tx) error, error) {
	r, who, contacts, err := m.members.ToldRefusal(ctx, t.Cooperative, t.Refusal)
	if err != nil {
		return nil, ignoreMoved(err)
	}
	if r.How == members.RefusalLifted {
		if err := m.tellSide(ctx, key+":client", tellSideOf{t.Cooperative, members.RoleClient, contacts, "mail.after.refusal_lifted", []string{"refusals"}}); err != nil {
			return nil, err
		}
	}
	return nil, m.tellSide(ctx, key, tellSideOf{t.Cooperative, members.RoleMember, []members.Person{who}, "mail.after.refusal_ended", []string{"refusals"}})
}
