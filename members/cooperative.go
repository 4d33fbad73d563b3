package members

import (
	"cmp"
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// Cooperative is the tenant: members, clients, rates and rules of its own.
type Cooperative struct {
	ID   id.Cooperative
	Name string
}

// NewCooperative is what founding a cooperative asks: its name, and who
// coordinates it first.
type NewCooperative struct {
	Name        string
	Coordinator NewPerson
}

func (n NewCooperative) check() error {
	var p check.Problems
	p.Text("name", n.Name, 1, 80)
	n.Coordinator.problems(&p)
	return p.Err()
}

// Found makes a cooperative with its first coordinator. A person who is known
// by e-mail address keeps name and sign-in and gets the role. It returns
// check.Problems, also when another cooperative has the name.
func (s *Service) Found(ctx context.Context, n NewCooperative) (Cooperative, error) {
	var c Cooperative
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		c, err = s.FoundTx(ctx, tx, n)
		return err
	})
	return c, err
}

// FoundTx is Found inside a transaction of the caller.
func (s *Service) FoundTx(ctx context.Context, tx pgx.Tx, n NewCooperative) (Cooperative, error) {
	n.Name = strings.TrimSpace(n.Name)
	if err := n.check(); err != nil {
		return Cooperative{}, err
	}
	c := Cooperative{ID: id.NewCooperative(s.random), Name: n.Name}
	if err := s.insertTx(ctx, tx, c); err != nil {
		return Cooperative{}, err
	}
	person, err := s.EnsurePersonTx(ctx, tx, n.Coordinator)
	if err != nil {
		return Cooperative{}, err
	}
	if _, err = s.AddRoleTx(ctx, tx, NewRole{Person: person, Cooperative: c.ID, Kind: RoleCoordinator}); err != nil {
		return Cooperative{}, err
	}
	return c, s.AuditTx(ctx, tx, Deed{In: c.ID, For: person, What: "cooperative_founded"})
}

// insertTx writes the cooperative down, with the settings that it begins with.
func (s *Service) insertTx(ctx context.Context, tx pgx.Tx, c Cooperative) error {
	if err := insertCooperative(ctx, tx, c, s.now()); err != nil {
		return err
	}
	return firstSettingsTx(ctx, tx, c, s.now())
}

// FoundFirst is Found for a house that has no cooperative yet: of all who try
// at once, one does. It returns ErrNotFound once there is one.
func (s *Service) FoundFirst(ctx context.Context, n NewCooperative) (c Cooperative, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if empty, err := s.EmptyTx(ctx, tx); err != nil || !empty {
			return cmp.Or(err, ErrNotFound)
		}
		c, err = s.FoundTx(ctx, tx, n)
		return err
	})
	return c, err
}

// Founded reports whether there is a cooperative. None is ever taken away.
func (s *Service) Founded(ctx context.Context) (bool, error) { return hasCooperative(ctx, s.db) }

// Cooperatives lists all cooperatives by name, for the program's own commands.
func (s *Service) Cooperatives(ctx context.Context) ([]Cooperative, error) {
	return listCooperatives(ctx, s.db)
}

// EmptyTx reports whether there is no cooperative yet, and keeps it so until
// the transaction ends.
func (s *Service) EmptyTx(ctx context.Context, tx pgx.Tx) (bool, error) {
	return lockEmpty(ctx, tx)
}
