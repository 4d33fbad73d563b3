package coaching_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

func TestReportMoves(t *testing.T) {
	allowed := map[coaching.ReportState]coaching.ReportState{coaching.ReportNew: coaching.ReportTaken, coaching.ReportTaken: coaching.ReportClosed}
	for _, from := range coaching.ReportStates() {
		for _, to := range coaching.ReportStates() {
			got, err := from.To(to)
			if want := allowed[from] == to; (err == nil) != want || want && got != to || !want && (got != from || !errors.Is(err, coaching.ErrReportMoved)) {
				t.Errorf("%s to %s gave %s, %v", from, to, got, err)
			}
		}
	}
}

func (o *office) report(by members.Actor) (report coaching.ReportID, ref string) {
	o.t.Helper()
	ref = newRef()
	report, err := o.Report(o.t.Context(), by, coaching.NewReport{Ref: ref, Kind: coaching.UnsafePlace, Text: "De ladder is stuk."})
	o.must(err)
	return report, ref
}

func (o *office) seesReports(by members.Actor) int {
	o.t.Helper()
	list, err := o.Reports(o.t.Context(), by)
	o.must(err)
	open, err := o.OpenReports(o.t.Context(), by)
	o.must(err)
	if len(open) > len(list) {
		o.t.Errorf("%d open of %d", len(open), len(list))
	}
	return len(list)
}

func (o *office) waits(report coaching.ReportID) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
		return o.UnsafeWaitsTx(o.t.Context(), tx, coaching.UnsafeWaits{Report: report, Cooperative: o.c})
	}))
}

func (o *office) toldOf(report coaching.ReportID, coach bool) string {
	o.t.Helper()
	list, err := o.ReportReaders(o.t.Context(), o.c, report, coach)
	o.must(err)
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	return strings.Join(names, " ")
}

func TestReportIsTakenAndClosedByNamedPeople(t *testing.T) {
	o := newOffice(t)
	report, ref := o.report(o.anna)
	if got := o.toldOf(report, true); !strings.Contains(got, "els") || !strings.Contains(got, "ria") || strings.Contains(got, "bob") {
		t.Errorf("told are %q", got)
	}
	for name, by := range map[string]members.Actor{"another coach": o.bob, "the member": o.anna, "a far coach": o.farCoach, "a far coordinator": o.farOffices} {
		if o.seesReports(by) != 0 {
			t.Errorf("%s reads it", name)
		}
		if err := o.Take(t.Context(), by, report); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s took it: %v", name, err)
		}
		if err := o.Close(t.Context(), by, report, "Niets."); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s closed it: %v", name, err)
		}
	}
	if err := o.Close(t.Context(), o.els, report, "Klaar."); !errors.Is(err, coaching.ErrReportMoved) {
		t.Errorf("closing what nobody took gave %v", err)
	}
	o.must(o.Take(t.Context(), o.noor, report))
	if err := o.Take(t.Context(), o.els, report); !errors.Is(err, coaching.ErrReportMoved) {
		t.Errorf("taking it twice gave %v", err)
	}
	if err := o.Close(t.Context(), o.els, report, "Klaar."); !errors.Is(err, coaching.ErrNotYours) {
		t.Errorf("closing somebody else's gave %v", err)
	}
	var problems check.Problems
	if err := o.Close(t.Context(), o.noor, report, " "); !errors.As(err, &problems) || !problems.At("done") {
		t.Errorf("closing without words gave %v", err)
	}
	if _, _, err := o.Reporter(t.Context(), o.c, report); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("an open report tells its member: %v", err)
	}
	o.must(o.Close(t.Context(), o.noor, report, "De ladder is vervangen."))
	if err := o.Close(t.Context(), o.noor, report, "Nog eens."); !errors.Is(err, coaching.ErrReportMoved) {
		t.Errorf("closing twice gave %v", err)
	}
	own, err := o.OwnReports(t.Context(), o.anna, ref)
	if err != nil || len(own) != 1 || own[0].State != coaching.ReportClosed || own[0].TakenBy != "ria" || own[0].Done != "De ladder is vervangen." {
		t.Errorf("Anna reads %+v, %v", own, err)
	}
	if own, err := o.OwnReports(t.Context(), o.farMember, ref); err != nil || len(own) != 0 {
		t.Errorf("a far member reads %+v, %v", own, err)
	}
	if who, at, err := o.Reporter(t.Context(), o.c, report); err != nil || who.Name != "anna" || at != ref {
		t.Errorf("told is %+v of %s, %v", who, at, err)
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE what LIKE 'unsafe_%' AND for_id = $1`, o.anna.Person); n != 3 {
		t.Errorf("%d deeds", n)
	}
	if n := o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.unsafe_reported' AND lane = $1`, int16(tasks.Hi)); n != 1 {
		t.Errorf("%d tasks that hurry", n)
	}
}

func TestReportThatWaitsIsToldAgainOnce(t *testing.T) {
	o := newOffice(t)
	report, _ := o.report(o.anna)
	taken, _ := o.report(o.anna)
	o.must(o.Take(t.Context(), o.els, taken))
	o.waits(report) // too early
	if n := o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.unsafe_waited'`); n != 0 {
		t.Errorf("told too early, %d times", n)
	}
	o.now = o.now.Add(4 * time.Hour)
	o.waits(report)
	o.waits(report)
	o.waits(taken)
	if n := o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.unsafe_waited'`); n != 1 {
		t.Errorf("told again %d times", n)
	}
	list, err := o.OpenReports(t.Context(), o.noor)
	if err != nil || len(list) != 2 || list[0].ID != report || !list[0].Late(o.now) || !list[0].Waited || list[1].Late(o.now) {
		t.Errorf("the office reads %+v, %v", list, err)
	}
	if got := o.toldOf(report, false); !strings.Contains(got, "ria") || strings.Contains(got, "els") {
		t.Errorf("told again are %q", got)
	}
	if got := o.toldOf(taken, true); got != "" {
		t.Errorf("of what is taken %q are told", got)
	}
}

func TestReportIsChecked(t *testing.T) {
	o := newOffice(t)
	for field, n := range map[string]coaching.NewReport{"kind": {Ref: newRef(), Kind: "diagnosis", Text: "x"}, "text": {Ref: newRef(), Kind: coaching.UnsafeElse, Text: " "}} {
		var problems check.Problems
		if _, err := o.Report(t.Context(), o.anna, n); !errors.As(err, &problems) || !problems.At(field) {
			t.Errorf("%s gave %v", field, err)
		}
	}
	if _, err := o.Report(t.Context(), o.els, coaching.NewReport{Ref: newRef(), Kind: coaching.UnsafeElse, Text: "x"}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a coach reported: %v", err)
	}
	for range 20 {
		o.report(o.anna)
	}
	if _, err := o.Report(t.Context(), o.anna, coaching.NewReport{Ref: newRef(), Kind: coaching.UnsafeElse, Text: "x"}); !errors.Is(err, coaching.ErrManyReports) {
		t.Errorf("the 21st gave %v", err)
	}
}

func TestOnePersonTakesAReport(t *testing.T) {
	o := newOffice(t)
	report, _ := o.report(o.anna)
	results := make([]error, 8)
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() { results[i] = o.Take(t.Context(), []members.Actor{o.els, o.noor}[i%2], report) })
	}
	wait.Wait()
	good := 0
	for _, err := range results {
		if err == nil {
			good++
		} else if !errors.Is(err, coaching.ErrReportMoved) {
			t.Error(err)
		}
	}
	if good != 1 {
		t.Errorf("%d people took it", good)
	}
}
