package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/web/words"
)

// WorkOff tells a member that work was called off, with what they get, or asks how
// they are when they were missed. Work that goes on by then needs no mail.
func (m *Mails) WorkOff(ctx context.Context, key string, t jobs.WorkOff) (func(context.Context, pgx.Tx) error, error) {
	w, who, err := m.jobs.ToldOff(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.off_subject"), lines: offLines(say, w), link: m.url.JoinPath("engagements", w.ID.String()).String(),
	})
}

// offLines are what the member reads: first what happened, last what it means.
func offLines(say *words.Speaker, w jobs.Work) []string {
	lines := []string{say.With("mail.off_lead."+stoppedOr(w, offState(w)), nil), w.Title, say.LongDate(w.Shift.Starts) + ", " + say.Span(w.Shift.Starts, w.Shift.Ends), w.ClientName}
	if moved := w.Off.Moved; moved != nil && w.Off.By != jobs.ByMember {
		lines = append(lines, say.T("mail.off_moved_to", "When", say.LongDate(moved.Starts)+", "+say.Span(moved.Starts, moved.Ends)), say.T("mail.off_moved_first"))
	}
	if w.Off.PartPay {
		return append(lines, say.T("mail.off_paid", "Amount", say.Money(w.Earned()), "Time", say.Duration(w.Sheet.Worked)))
	}
	if w.Owed() {
		return append(lines, say.T("mail.off_owed"))
	}
	return append(lines, say.With("mail.off_last."+stoppedOr(w, offState(w)), nil))
}

// EngagementOver tells the client that a seat is free again, and never why; and
// the coach that there is something to look at, and never of whom.
func (m *Mails) EngagementOver(ctx context.Context, key string, t jobs.EngagementOver) (func(context.Context, pgx.Tx) error, error) {
	o, err := m.jobs.ToldOver(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := m.tell(ctx, key, o.Contacts, "engagements/"+o.ID.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.off_subject"), []string{say.With("mail.over_client."+overState(o.Work), nil), o.Title,
			say.LongDate(o.Shift.Starts) + ", " + say.Span(o.Shift.Starts, o.Shift.Ends)}
	}); err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, o.Coaches, "caseload/"+o.Member.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.off_subject"), []string{say.T("mail.over_coach")}
	})
}

// overState is offState for the client, who also hears of somebody who went home.
func overState(w jobs.Work) string {
	if w.WentHome() {
		return "went_home"
	}
	return stoppedOr(w, offState(w))
}

// stoppedOr is the word of work that the client ended early, or of which part is
// owed, or else this.
func stoppedOr(w jobs.Work, state string) string {
	switch {
	case w.Stopped():
		return "stopped"
	case w.Owed() && state == "off_client": // late, and the law keeps it back for now
		return "off_paid"
	default:
		return state
	}
}

// AbsenceDenied asks the coordinators to look. What one of them put right by then
// needs no mail.
func (m *Mails) AbsenceDenied(ctx context.Context, key string, t jobs.AbsenceDenied) (func(context.Context, pgx.Tx) error, error) {
	w, office, err := m.jobs.ToldDenied(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, office, "engagements/"+w.ID.String()+"/missed", func(say *words.Speaker) (string, []string) {
		return say.T("mail.note_subject"), []string{say.T("mail.absence_denied")}
	})
}
