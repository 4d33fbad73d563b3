package coaching

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// Reports lists reports of unsafe work, open ones first and of those the oldest:
// to a coach of whom they follow or stand in for, to a coordinator all; nothing to others. It
// returns members.ErrNoKey.
func (s *Service) Reports(ctx context.Context, by members.Actor) ([]Report, error) {
	kept, err := listReports(ctx, s.db, by, false, members.DayOf(s.now()))
	if err != nil {
		return nil, err
	}
	return s.openReports(ctx, kept)
}

// OpenReports are those of Reports that nobody has closed, without their words.
func (s *Service) OpenReports(ctx context.Context, by members.Actor) ([]Report, error) {
	kept, err := listReports(ctx, s.db, by, true, members.DayOf(s.now()))
	list := make([]Report, len(kept))
	for i, k := range kept {
		list[i] = k.Report
	}
	return list, err
}

// OwnReports lists what the acting member reported about an engagement, the
// newest first. It returns members.ErrNoKey.
func (s *Service) OwnReports(ctx context.Context, by members.Actor, ref string) ([]Report, error) {
	kept, err := listOwnReports(ctx, s.db, by, ref)
	if err != nil {
		return nil, err
	}
	return s.openReports(ctx, kept)
}

// Take makes the actor the one who looks at a report. It returns ErrReportMoved
// when somebody took it before, and members.ErrNotFound to those who cannot see
// it.
func (s *Service) Take(ctx context.Context, by members.Actor, report ReportID) error {
	return s.moveReport(ctx, by, report, ReportTaken, "unsafe_taken", func(tx pgx.Tx, _ lockedReport) error {
		return markTaken(ctx, tx, by, report, s.now())
	})
}

// Close ends a report with what was done, by who took it or a coordinator. It
// returns check.Problems at "done", ErrReportMoved for one that is not taken or
// is closed, ErrNotYours, members.ErrNoKey, and members.ErrNotFound as Take does.
func (s *Service) Close(ctx context.Context, by members.Actor, report ReportID, done string) error {
	done = strings.TrimSpace(done)
	var p check.Problems
	p.Paragraphs("done", done, 1, MostReport)
	if err := p.Err(); err != nil {
		return err
	}
	return s.moveReport(ctx, by, report, ReportClosed, "unsafe_closed", func(tx pgx.Tx, r lockedReport) error {
		if r.TakenBy != by.Role && by.Kind != members.RoleCoordinator {
			return ErrNotYours
		}
		sealed, err := s.people.SealTx(ctx, tx, r.Person, doneColumn(report), done)
		if errors.Is(err, members.ErrNotFound) { // the member was erased: nobody will read it again, but the report can end
			sealed, err = s.people.SealTx(ctx, tx, by.Person, doneColumn(report), done)
		}
		if err != nil {
			return err
		}
		if err := markClosed(ctx, tx, by, report, sealed, s.now()); err != nil {
			return err
		}
		told := members.Notice{Member: r.Member, Task: UnsafeClosed{report, by.Cooperative}, AtOnce: true} // it is about unsafe work
		return members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told)
	})
}

// moveReport lets one move at a time look at the report.
func (s *Service) moveReport(ctx context.Context, by members.Actor, report ReportID, to ReportState, what string, move func(pgx.Tx, lockedReport) error) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		r, err := lockSeenReport(ctx, tx, by, report, members.DayOf(s.now()))
		if err != nil {
			return err
		}
		if _, err := r.State.To(to); err != nil {
			return err
		}
		if err := move(tx, r); err != nil {
			return err
		}
		return s.noteReportTx(ctx, tx, members.Deed{By: by, For: r.Person, What: what, Ref: reportRef(report)}, r.Member)
	})
}

// ReportReaders are who is told of a report that nobody has taken: the member's
// coach and the coordinators, or the coordinators alone. It is empty when
// somebody has.
func (s *Service) ReportReaders(ctx context.Context, c id.Cooperative, report ReportID, coach bool) ([]members.Person, error) {
	return listReportReaders(ctx, s.db, c, report, coach, members.DayOf(s.now()))
}

// Reporter is the member of a report that is closed, and its engagement. It
// returns members.ErrNotFound.
func (s *Service) Reporter(ctx context.Context, c id.Cooperative, report ReportID) (who members.Person, ref string, err error) {
	return findReporter(ctx, s.db, c, report)
}
