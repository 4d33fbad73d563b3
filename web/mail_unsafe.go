package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
	"meent/web/words"
)

// UnsafeReported mails the coach and the coordinators that somebody must look,
// and never what or of whom. What somebody has taken by then needs no mail.
func (m *Mails) UnsafeReported(ctx context.Context, key string, t coaching.UnsafeReported) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.ReportReaders(ctx, t.Cooperative, t.Report, true)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "reports", func(say *words.Speaker) (string, []string) {
		return say.T("mail.unsafe_subject"), []string{say.T("mail.unsafe_lead")}
	})
}

// UnsafeWaited mails the coordinators that nobody has looked in time.
func (m *Mails) UnsafeWaited(ctx context.Context, key string, t coaching.UnsafeWaited) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.ReportReaders(ctx, t.Cooperative, t.Report, false)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "reports", func(say *words.Speaker) (string, []string) {
		return say.T("mail.unsafe_subject"), []string{say.T("mail.unsafe_waited")}
	})
}

// UnsafeClosed tells the member that something was done, and not what.
func (m *Mails) UnsafeClosed(ctx context.Context, key string, t coaching.UnsafeClosed) (func(context.Context, pgx.Tx) error, error) {
	who, ref, err := m.coaching.Reporter(ctx, t.Cooperative, t.Report)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("mail.unsafe_closed")}, link: m.url.JoinPath("engagements", ref, "unsafe").String(),
	})
}
