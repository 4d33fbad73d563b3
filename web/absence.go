package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
	"meent/web/words"
)

// upholdMissed handles POST /engagements/:engagement/missed/stays: the office
// looked, and it stays.
func upholdMissed(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Jobs.Uphold(r.Request.Context(), r.actor, r.work.ID, f.lines("reason"))); err != nil {
		return err
	}
	if f.bad() {
		return r.missedPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("off.upheld")
	return r.to("/disputes")
}

// missedPage is about somebody who did not come, with the office's answer to them.
func (r *request) missedPage(status int, f *form) error {
	answer, err := r.absenceAnswer()
	if err != nil {
		return err
	}
	return r.page(status, r.t("off.missed_title"), missedBody(r, r.work, answer, f))
}

// absenceAnswer is why it stays that the member did not come, for those who may
// read it; empty: nobody said so.
func (r *request) absenceAnswer() (a jobs.Answered, err error) {
	if r.work.Off.Upheld == nil || r.actor.Kind == members.RoleClient {
		return a, nil
	}
	a, err = r.web.Jobs.AbsenceAnswer(r.Request.Context(), r.actor, r.work.ID)
	if errors.Is(err, members.ErrNotFound) { // put right meanwhile
		err = nil
	}
	return a, err
}

// absenceClock is how long there is until the office should have looked, or how
// late it is.
func (r *request) absenceClock(w jobs.Work) string {
	now := r.web.Now()
	if w.Off.AbsenceLate(now) {
		return r.words.N("review.late", max(1, wholeDays(now.Sub(w.Off.AbsenceDue()))))
	}
	return r.words.N("review.left", wholeDays(w.Off.AbsenceDue().Sub(now)))
}

func (r *request) absenceTone(w jobs.Work) ui.Tone {
	if w.Off.AbsenceLate(r.web.Now()) {
		return ui.Bad
	}
	return ui.Waits
}

// waitingAbsences is how many members wait for the office to look whether they were
// there, and how old the oldest is.
func (r *request) waitingAbsences() (w waitingDisputes, err error) {
	count, oldest, err := r.web.Jobs.AbsencesWaiting(r.Request.Context(), r.actor)
	if err != nil || count == 0 {
		return w, err
	}
	age := r.web.Now().Sub(oldest)
	w = waitingDisputes{count: count, days: int(age / (24 * time.Hour)), tone: ui.Waits}
	if age >= jobs.DeniedWithin {
		w.tone = ui.Bad
	}
	return w, nil
}

// AbsenceUpheld tells a member that the office looked whether they were there, and
// never what it found. What was put right by then needs no mail.
func (m *Mails) AbsenceUpheld(ctx context.Context, key string, t jobs.AbsenceUpheld) (func(context.Context, pgx.Tx) error, error) {
	w, who, err := m.jobs.ToldUpheld(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, []members.Person{who}, "engagements/"+w.ID.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.note_subject"), []string{say.T("mail.absence_upheld")}
	})
}
