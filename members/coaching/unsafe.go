package coaching

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// mostReports is how many reports of one member may be open at once.
const mostReports = 20

// Report tells the coach and the coordinators at once that work is unsafe. The
// caller knows that the engagement is the acting member's. It returns
// check.Problems at "kind" and "text", ErrManyReports, members.ErrNoKey, and
// members.ErrNotFound to everybody who is not a member.
func (s *Service) Report(ctx context.Context, by members.Actor, n NewReport) (report ReportID, err error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() {
		return report, members.ErrNotFound
	}
	n.Text = strings.TrimSpace(n.Text)
	if err := n.problems().Err(); err != nil {
		return report, err
	}
	report = id.New[Report](s.random)
	return report, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		open, err := lockOpenReports(ctx, tx, by)
		if err != nil {
			return err
		}
		if open >= mostReports {
			return ErrManyReports
		}
		return s.reportTx(ctx, tx, by, report, n)
	})
}

func (s *Service) reportTx(ctx context.Context, tx pgx.Tx, by members.Actor, report ReportID, n NewReport) error {
	sealed, err := s.people.SealTx(ctx, tx, by.Person, reportColumn(report), n.Text)
	if err != nil {
		return err
	}
	now := s.now()
	if err := insertReport(ctx, tx, by, report, n, sealed, now, now.Add(lookWithin)); err != nil {
		return err
	}
	if err := s.hurryTx(ctx, tx, by.Cooperative, UnsafeReported{report, by.Cooperative}, time.Time{}); err != nil {
		return err
	}
	if err := s.hurryTx(ctx, tx, by.Cooperative, UnsafeWaits{report, by.Cooperative}, now.Add(lookWithin)); err != nil {
		return err
	}
	return s.noteReportTx(ctx, tx, members.Deed{By: by, For: by.Person, What: "unsafe_reported", Ref: reportRef(report)}, by.Member)
}

// hurryTx lets somebody be told before everything else.
func (s *Service) hurryTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, t tasks.Task, due time.Time) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c, Lane: tasks.Hi, Due: due})
	return err
}

func reportRef(report ReportID) string { return "report:" + report.String() }

// noteReportTx lets open pages look again and writes the deed down.
func (s *Service) noteReportTx(ctx context.Context, tx pgx.Tx, d members.Deed, m members.MemberID) error {
	c := d.In
	if c.IsZero() {
		c = d.By.Cooperative
	}
	if err := s.tellTx(ctx, tx, c, movedOf(c, m)); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, d)
}

// UnsafeWaitsTx handles UnsafeWaits: where nobody has taken the report, all
// coordinators are told again. A task that came too early, by somebody's clock,
// comes again.
func (s *Service) UnsafeWaitsTx(ctx context.Context, tx pgx.Tx, t UnsafeWaits) error {
	r, err := lockReport(ctx, tx, t.Cooperative, t.Report)
	switch {
	case errors.Is(err, members.ErrNotFound):
		return nil
	case err != nil || r.State != ReportNew || r.Waited:
		return err
	case s.now().Before(r.LookBefore):
		return s.hurryTx(ctx, tx, t.Cooperative, t, r.LookBefore)
	}
	if err := markWaited(ctx, tx, t.Cooperative, r.ID, s.now()); err != nil {
		return err
	}
	if err := s.hurryTx(ctx, tx, t.Cooperative, UnsafeWaited{r.ID, t.Cooperative}, time.Time{}); err != nil {
		return err
	}
	return s.noteReportTx(ctx, tx, members.Deed{In: t.Cooperative, For: r.Person, What: "unsafe_waited", Ref: reportRef(r.ID)}, r.Member)
}
