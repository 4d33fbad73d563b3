package payments

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// FigureState is how far a figure is. Only an approved one counts.
type FigureState string

// The states of a figure: proposed → approved | taken_back.
const (
	FigureProposed  FigureState = "proposed"
	FigureApproved  FigureState = "approved"
	FigureTakenBack FigureState = "taken_back"
)

// The bounds of what people propose.
const (
	MostFigure       = Cents(20_000)
	figureFirst      = Day("2015-01-01")
	figureMostMonths = 60
)

// NewFigure is what proposing a legal figure asks.
type NewFigure struct {
	Kind        FigureKind
	Amount      Cents
	From, Until Day // both included
	Source      string
}

func (n NewFigure) problems() (p check.Problems) {
	check.OneOf(&p, "kind", n.Kind, FigureKinds()...)
	switch {
	case n.Amount <= 0:
		p.Add("amount", "not_an_amount", nil)
	case n.Amount > MostFigure:
		p.Add("amount", "too_much", map[string]any{"Cents": int64(MostFigure)})
	}
	n.dayProblems(&p)
	p.Text("source", n.Source, 1, 300)
	return p
}

func (n NewFigure) dayProblems(p *check.Problems) {
	switch last := n.From.AddMonths(figureMostMonths); {
	case !isDay(n.From) || n.From < figureFirst:
		p.Add("from", "no_such_day", nil)
	case !isDay(n.Until):
		p.Add("until", "no_such_day", nil)
	case n.Until < n.From:
		p.Add("until", "ends_before", nil)
	case n.Until > last:
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
}

func isDay(day Day) bool {
	_, err := time.Parse(time.DateOnly, string(day))
	return err == nil
}

// approve is the rule of two hands.
func (f Figure) approve(by members.PersonID) error {
	switch {
	case f.State != FigureProposed:
		return ErrFigureDecided
	case f.AddedBy == by:
		return ErrOwnFigure
	}
	return nil
}

// takeBack is for whoever proposed it.
func (f Figure) takeBack(by members.PersonID) error {
	switch {
	case f.AddedBy != by:
		return members.ErrNotFound
	case f.State != FigureProposed:
		return ErrFigureDecided
	}
	return nil
}

// ProposeFigure notes what the law sets, for another coordinator to approve.
// Figures are the whole country's, so a coordinator of any cooperative may
// propose them, and one of another approves where there is another. It returns check.Problems, and members.ErrNotFound
// to everybody else.
func (s *Service) ProposeFigure(ctx context.Context, by members.Actor, n NewFigure) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	n.Source = strings.TrimSpace(n.Source)
	if err := n.problems().Err(); err != nil {
		return err
	}
	f := Figure{ID: id.New[Figure](s.random), Kind: n.Kind, Amount: n.Amount, From: n.From, Until: n.Until, Source: n.Source, AddedBy: by.Person}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := insertProposal(ctx, tx, f, s.now()); err != nil {
			return err
		}
		return s.auditFigureTx(ctx, tx, by, "figure_proposed", f)
	})
}

// ApproveFigure lets a figure count from now on. Of several who decide at once
// one does. It returns ErrOwnFigure to whoever proposed it, ErrOwnOffice to their
// colleagues where there is another cooperative, members.ErrRestricted,
// ErrFigureDecided when
// it was approved or taken back, ErrFigureThere when there is another from that
// day by now, and members.ErrNotFound.
func (s *Service) ApproveFigure(ctx context.Context, by members.Actor, figure FigureID) error {
	return s.decideFigure(ctx, by, figure, "figure_approved", Figure.approve, func(ctx context.Context, tx pgx.Tx, f Figure) error {
		if own, err := listOwnOffice(ctx, tx, by.Cooperative); err != nil || slices.Contains(own, f.AddedBy) {
			return cmp.Or(err, ErrOwnOffice)
		}
		return approveFigure(ctx, tx, f.ID, by.Person, s.now())
	})
}

// TakeFigureBack ends one's own proposal. It returns ErrFigureDecided when it was
// approved or taken back, and members.ErrNotFound to everybody else.
func (s *Service) TakeFigureBack(ctx context.Context, by members.Actor, figure FigureID) error {
	return s.decideFigure(ctx, by, figure, "figure_taken_back", Figure.takeBack, func(ctx context.Context, tx pgx.Tx, f Figure) error {
		return takeFigureBack(ctx, tx, f.ID)
	})
}

// decideFigure holds the figure while the rule is asked and the move is made.
func (s *Service) decideFigure(ctx context.Context, by members.Actor, figure FigureID, what string,
	rule func(Figure, members.PersonID) error, move func(context.Context, pgx.Tx, Figure) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		f, err := lockFigure(ctx, tx, figure)
		if err != nil {
			return err
		}
		if err := rule(f, by.Person); err != nil {
			return err
		}
		if err := move(ctx, tx, f); err != nil {
			return err
		}
		return s.auditFigureTx(ctx, tx, by, what, f)
	})
}

// auditFigureTx writes the deed down where the acting coordinator belongs.
func (s *Service) auditFigureTx(ctx context.Context, tx pgx.Tx, by members.Actor, what string, f Figure) error {
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: what, Ref: "figure:" + f.ID.String(), Detail: map[string]string{
		"kind": string(f.Kind), "cents": strconv.FormatInt(int64(f.Amount), 10), "from": string(f.From), "until": string(f.Until),
	}})
}

// LegalFigures lists those that count and those that wait, the waiting first,
// then the newest. It is for coordinators: for others it is empty.
func (s *Service) LegalFigures(ctx context.Context, by members.Actor) ([]Figure, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	list, err := listFigures(ctx, s.db)
	if err != nil {
		return nil, err
	}
	own, err := listOwnOffice(ctx, s.db, by.Cooperative)
	for i, f := range list {
		list[i].OwnOffice = f.State == FigureProposed && slices.Contains(own, f.AddedBy)
	}
	return list, err
}
