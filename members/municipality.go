package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// MunicipalityID identifies a municipality in one cooperative.
type MunicipalityID = id.Of[Municipality]

// Municipality is one with which a cooperative works: it refers members.
type Municipality struct {
	ID           MunicipalityID
	Name         string
	ConsentFirst bool   // it has to agree before the trial of a member begins
	Contact      string // whom the office calls there; may be empty
	Members      int    // whom it referred, and who did not leave
}

// consent is what a member begins with whom it refers.
func (m Municipality) consent() Consent {
	if m.ConsentFirst {
		return ConsentNo
	}
	return ConsentNotNeeded
}

// NewMunicipality is what the office writes down of one.
type NewMunicipality struct {
	Name         string // as the country calls it; capitals do not matter
	ConsentFirst bool
	Contact      string
}

func (n NewMunicipality) problems() (p check.Problems) {
	p.Text("name", n.Name, 1, 80)
	p.Text("contact", n.Contact, 0, 120)
	return p
}

// Municipalities lists those of the actor's cooperative by name, for who
// invites; it is empty for others.
func (s *Service) Municipalities(ctx context.Context, by Actor) ([]Municipality, error) {
	if !by.invites() {
		return nil, nil
	}
	return listMunicipalities(ctx, s.db, by.Cooperative)
}

// AddMunicipality lets one refer members from now on, by a coordinator. It
// returns check.Problems, ErrRestricted, and ErrNotFound to everybody else.
func (s *Service) AddMunicipality(ctx context.Context, by Actor, n NewMunicipality) error {
	n.Name, n.Contact = strings.TrimSpace(n.Name), strings.TrimSpace(n.Contact)
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	if err := n.problems().Err(); err != nil {
		return err
	}
	m := Municipality{ID: id.New[Municipality](s.random), ConsentFirst: n.ConsentFirst, Contact: n.Contact}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if m.Name, err = findMunicipalityName(ctx, tx, n.Name); err != nil {
			return err
		}
		if err := insertMunicipality(ctx, tx, by.Cooperative, m, s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "municipality_added", Ref: "municipality:" + m.ID.String(), Detail: map[string]string{"name": m.Name}})
	})
}

// EndMunicipality ends it: nobody is referred by it any more, and who was stays.
// It returns ErrRestricted, and ErrNotFound for one that ended, or of another cooperative, and to
// everybody but a coordinator.
func (s *Service) EndMunicipality(ctx context.Context, by Actor, m MunicipalityID) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		name, err := endMunicipality(ctx, tx, by.Cooperative, m, s.now())
		if err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "municipality_ended", Ref: "municipality:" + m.String(), Detail: map[string]string{"name": name}})
	})
}
