package payments_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// figureHouse has two cooperatives with a coordinator each.
type figureHouse struct {
	*testing.T
	*payments.Service
	db        *pgxpool.Pool
	people    *members.Service
	noor, jan members.Actor
}

func newFigureHouse(t *testing.T) *figureHouse {
	t.Helper()
	h := &figureHouse{T: t, db: pgtest.New(t, tasks.Schema(), members.Schema(), payments.Schema())}
	now := func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
	h.people = members.New(h.db, nil, now, nil)
	h.Service = payments.New(h.db, nil, h.people, nil, now, nil)
	h.must(h.LoadReference(t.Context()))
	h.noor, h.jan = h.found("Waalkracht", "noor"), h.found("Noorderhand", "jan")
	return h
}

func (h *figureHouse) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *figureHouse) exec(query string, args ...any) error {
	_, err := h.db.Exec(h.Context(), query, args...)
	return err
}

func (h *figureHouse) found(cooperative, name string) members.Actor {
	h.Helper()
	_, err := h.people.Found(h.Context(), members.NewCooperative{Name: cooperative, Coordinator: person(name)})
	h.must(err)
	var who members.PersonID
	h.must(h.db.QueryRow(h.Context(), `SELECT id FROM members.person WHERE email = $1`, name+"@meent.example").Scan(&who))
	a, err := h.people.Actor(h.Context(), who, members.RoleID{})
	h.must(err)
	return a
}

// next is the figure of the next half year.
func next() payments.NewFigure {
	return payments.NewFigure{Kind: payments.AdultMinimumWage, Amount: 1520, From: "2027-01-01", Until: "2027-06-30", Source: "Staatscourant 2026, 1"}
}

// propose gives the one that waits.
func (h *figureHouse) propose(by members.Actor, n payments.NewFigure) payments.FigureID {
	h.Helper()
	h.must(h.ProposeFigure(h.Context(), by, n))
	list, err := h.LegalFigures(h.Context(), by)
	h.must(err)
	if list[0].State != payments.FigureProposed || list[0].From != n.From {
		h.Fatalf("the first of the list is %+v", list[0])
	}
	return list[0].ID
}

func (h *figureHouse) floor(day payments.Day) payments.Cents {
	h.Helper()
	floor, err := h.Floor(h.Context(), day)
	if err != nil && !errors.Is(err, payments.ErrNoFigure) {
		h.Fatal(err)
	}
	return floor
}

func (h *figureHouse) deeds(by members.Actor) (names []string) {
	h.Helper()
	log, err := h.people.AuditLog(h.Context(), by, 0)
	h.must(err)
	for _, a := range log {
		names = append(names, a.What)
	}
	return names
}

func TestAFigureNeedsTwo(t *testing.T) {
	h := newFigureHouse(t)
	figure := h.propose(h.noor, next())
	if got := h.floor("2027-01-01"); got != 0 {
		t.Errorf("what is only proposed counts already: %v", got)
	}
	elsewhere := h.noor // the same person, as a coordinator of the other cooperative
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) (err error) {
		elsewhere.Cooperative = h.jan.Cooperative
		elsewhere.Role, err = h.people.AddRoleTx(t.Context(), tx, members.NewRole{Person: h.noor.Person, Cooperative: h.jan.Cooperative, Kind: members.RoleCoordinator})
		return err
	}))
	for _, by := range []members.Actor{h.noor, elsewhere} {
		if err := h.ApproveFigure(t.Context(), by, figure); !errors.Is(err, payments.ErrOwnFigure) {
			t.Errorf("one's own: %v", err)
		}
	}
	if err := h.ApproveFigure(t.Context(), h.jan, figure); !errors.Is(err, payments.ErrOwnOffice) {
		t.Errorf("a colleague of who proposed it: %v", err)
	}
	seen, err := h.LegalFigures(t.Context(), h.jan)
	if err != nil || !seen[0].OwnOffice || seen[1].OwnOffice {
		t.Errorf("a colleague sees %+v, %v", seen[:2], err)
	}
	h.must(h.exec(`DELETE FROM members.role WHERE id = $1`, elsewhere.Role))
	h.must(h.ApproveFigure(t.Context(), h.jan, figure))
	if first, last, after := h.floor("2027-01-01"), h.floor("2027-06-30"), h.floor("2027-07-01"); first != 1520 || last != 1520 || after != 0 {
		t.Errorf("the floor is %v, %v and then %v", first, last, after)
	}
	for name, err := range map[string]error{
		"approved again": h.ApproveFigure(t.Context(), h.jan, figure), "taken back afterwards": h.TakeFigureBack(t.Context(), h.noor, figure),
	} {
		if !errors.Is(err, payments.ErrFigureDecided) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.must(h.LoadReference(t.Context()))
	list, err := h.LegalFigures(t.Context(), h.noor)
	if err != nil || list[0].Amount != 1520 || list[0].AddedName != "noor" || list[0].ApprovedName != "jan" || list[0].State != payments.FigureApproved {
		t.Errorf("the list begins with %+v, %v", list[0], err)
	}
	if noor, jan := strings.Join(h.deeds(h.noor), " "), strings.Join(h.deeds(h.jan), " "); noor != "figure_proposed cooperative_founded" || jan != "figure_approved cooperative_founded" {
		t.Errorf("the deeds are %q and %q", noor, jan)
	}
}

func TestAFigureIsTakenBackByItsAuthor(t *testing.T) {
	h := newFigureHouse(t)
	figure := h.propose(h.noor, next())
	if err := h.TakeFigureBack(t.Context(), h.jan, figure); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("by somebody else: %v", err)
	}
	h.must(h.TakeFigureBack(t.Context(), h.noor, figure))
	for name, err := range map[string]error{
		"approved afterwards": h.ApproveFigure(t.Context(), h.jan, figure), "taken back again": h.TakeFigureBack(t.Context(), h.noor, figure),
	} {
		if !errors.Is(err, payments.ErrFigureDecided) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := h.floor("2027-01-01"); got != 0 {
		t.Errorf("what was taken back counts: %v", got)
	}
	if deeds := h.deeds(h.noor); deeds[0] != "figure_taken_back" {
		t.Errorf("the deeds are %q", deeds)
	}
	h.propose(h.jan, next()) // the day is free again
}

func TestProposeFigureRefuses(t *testing.T) {
	h := newFigureHouse(t)
	h.propose(h.noor, next())
	for _, tt := range []struct {
		name, field, rule string
		change            func(*payments.NewFigure)
	}{
		{"a strange kind", "kind", "not_a_choice", func(n *payments.NewFigure) { n.Kind = "tax" }},
		{"nothing", "amount", "not_an_amount", func(n *payments.NewFigure) { n.Amount = 0 }},
		{"less than nothing", "amount", "not_an_amount", func(n *payments.NewFigure) { n.Amount = -1 }},
		{"cents for euros", "amount", "too_much", func(n *payments.NewFigure) { n.Amount = 152000 }},
		{"no day", "from", "no_such_day", func(n *payments.NewFigure) { n.From = "" }},
		{"a day that is none", "from", "no_such_day", func(n *payments.NewFigure) { n.From = "2027-02-30" }},
		{"long ago", "from", "no_such_day", func(n *payments.NewFigure) { n.From = "1027-01-01" }},
		{"no end", "until", "no_such_day", func(n *payments.NewFigure) { n.Until = "" }},
		{"an end before", "until", "ends_before", func(n *payments.NewFigure) { n.Until = "2026-12-31" }},
		{"for ever", "until", "day_too_far", func(n *payments.NewFigure) { n.Until = "2032-01-02" }},
		{"no source", "source", "missing", func(n *payments.NewFigure) { n.Source = "  " }},
		{"a long source", "source", "too_long", func(n *payments.NewFigure) { n.Source = strings.Repeat("é", 301) }},
		{"proposed before", "from", "figure_proposed", func(*payments.NewFigure) {}},
		{"a day of the law", "from", "figure_there", func(n *payments.NewFigure) { n.From, n.Until = "2026-07-01", "2026-12-31" }},
	} {
		n := next()
		tt.change(&n)
		var problems check.Problems
		err := h.ProposeFigure(t.Context(), h.jan, n)
		if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != tt.field || problems[0].Rule != tt.rule {
			t.Errorf("%s: %v, want %s: %s", tt.name, err, tt.field, tt.rule)
		}
	}
}

// TestFiguresAreForCoordinators of any cooperative, and for nobody else.
func TestFiguresAreForCoordinators(t *testing.T) {
	h := newFigureHouse(t)
	figure := h.propose(h.noor, next())
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoach, ""} {
		by := h.jan
		by.Kind = kind
		for _, err := range []error{
			h.ProposeFigure(t.Context(), by, payments.NewFigure{}), h.ApproveFigure(t.Context(), by, figure), h.TakeFigureBack(t.Context(), by, figure),
		} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("as %q: %v", kind, err)
			}
		}
		if list, err := h.LegalFigures(t.Context(), by); err != nil || len(list) > 0 {
			t.Errorf("as %q the list is %+v, %v", kind, list, err)
		}
	}
	if err := h.ApproveFigure(t.Context(), h.jan, id.New[payments.Figure](nil)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no figure: %v", err)
	}
}

// TestFiguresDecidedAtOnce: of several who approve or take back, one does.
func TestFiguresDecidedAtOnce(t *testing.T) {
	h := newFigureHouse(t)
	figure := h.propose(h.noor, next())
	var all sync.WaitGroup
	results := make([]error, 9)
	for i := range results {
		all.Go(func() {
			if i%3 == 0 {
				results[i] = h.TakeFigureBack(t.Context(), h.noor, figure)
				return
			}
			results[i] = h.ApproveFigure(t.Context(), h.jan, figure)
		})
	}
	all.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !errors.Is(err, payments.ErrFigureDecided) {
			t.Error(err)
		}
	}
	if deeds := len(h.deeds(h.noor)) + len(h.deeds(h.jan)); won != 1 || deeds != 4 {
		t.Errorf("%d won, %d deeds", won, deeds)
	}
}

// TestApprovedMeanwhile: the program brought a figure from the same day.
func TestApprovedMeanwhile(t *testing.T) {
	h := newFigureHouse(t)
	figure := h.propose(h.noor, next())
	_, err := h.db.Exec(t.Context(), `
		INSERT INTO payments.legal_figure (id, kind, cents, valid_from, valid_until, source, example, added_at, state)
		VALUES (gen_random_uuid(), 'adult_minimum_wage', 1530, '2027-01-01', '2027-06-30', 'law', false, now(), 'approved')`)
	h.must(err)
	if err := h.ApproveFigure(t.Context(), h.jan, figure); !errors.Is(err, payments.ErrFigureThere) {
		t.Errorf("ApproveFigure gave %v", err)
	}
	if got := h.floor("2027-01-01"); got != 1530 {
		t.Errorf("the floor is %v", got)
	}
	h.must(h.TakeFigureBack(t.Context(), h.noor, figure))
}

// TestFigureTableHolds what the rules hold, for whoever writes past them.
func TestFigureTableHolds(t *testing.T) {
	h := newFigureHouse(t)
	h.propose(h.noor, next())
	const where = ` WHERE state = 'proposed'`
	for do, constraint := range map[string]string{
		`UPDATE payments.legal_figure SET state = 'approved', approved_by = added_by, approved_at = now()` + where: "legal_figure_two_hands",
		`UPDATE payments.legal_figure SET state = 'approved'` + where:                                              "legal_figure_approved_by_somebody",
		`UPDATE payments.legal_figure SET state = 'counts'` + where:                                                "legal_figure_state_known",
		`UPDATE payments.legal_figure SET added_by = NULL` + where:                                                 "legal_figure_proposed_by_somebody",
		`UPDATE payments.legal_figure SET approved_at = now()` + where:                                             "legal_figure_approved_sometime",
		`UPDATE payments.legal_figure SET example = true` + where:                                                  "legal_figure_people_add_law",
	} {
		if _, err := h.db.Exec(t.Context(), do); err == nil || !strings.Contains(err.Error(), constraint) {
			t.Errorf("%s: %v, want %s", do, err, constraint)
		}
	}
}
