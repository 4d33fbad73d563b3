package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// ContactData is how a member is reached and who they are on paper. All of it is
// sealed, the person's in every cooperative, and enters nothing that matches.
type ContactData struct {
	Phone   string // to be called; who lets somebody read their profile shows it
	Birth   Day
	Address string
}

// mostAddress is how many characters an address has at the most.
const mostAddress = 200

// problems leaves the birth date out while there is none: nobody has to give
// one later, and nobody takes one back.
func (d ContactData) problems(was, today Day) (p check.Problems) {
	if d.Phone != "" && !isPhone(d.Phone) {
		p.Add("phone", "not_a_phone", nil)
	}
	switch {
	case d.Birth != "":
		checkBirth(&p, d.Birth, today)
	case was != "":
		p.Add("birth", "missing", nil)
	}
	p.Paragraphs("address", d.Address, 0, mostAddress)
	return p
}

// ContactData gives the acting member's own. It returns ErrNotFound to everybody
// who is not a member, and ErrNoKey.
func (s *Service) ContactData(ctx context.Context, by Actor) (d ContactData, err error) {
	if by.Member.IsZero() {
		return d, ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		d, err = s.contactDataTx(ctx, tx, by.Person)
		return err
	})
	return d, err
}

func (s *Service) contactDataTx(ctx context.Context, tx pgx.Tx, person PersonID) (d ContactData, err error) {
	if d.Phone, err = s.ConfidedTx(ctx, tx, person, id.Cooperative{}, Phone); err != nil {
		return d, err
	}
	birth, err := s.ConfidedTx(ctx, tx, person, id.Cooperative{}, BirthDate)
	if err != nil {
		return d, err
	}
	d.Birth = Day(birth)
	d.Address, err = s.ConfidedTx(ctx, tx, person, id.Cooperative{}, Address)
	return d, err
}

// ChangeContactData keeps the acting member's own, whole or not at all; what is
// empty is forgotten. That a birth date changed stands in the log, and not which.
// It returns check.Problems at "phone", "birth" and "address", ErrNotFound to
// everybody who is not a member, and ErrNoKey.
func (s *Service) ChangeContactData(ctx context.Context, by Actor, d ContactData) error {
	if by.Member.IsZero() {
		return ErrNotFound
	}
	d.Phone, d.Address = strings.TrimSpace(d.Phone), strings.TrimSpace(d.Address)
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		was, err := s.contactDataTx(ctx, tx, by.Person)
		if err != nil {
			return err
		}
		if err := d.problems(was.Birth, DayOf(s.now())).Err(); err != nil {
			return err
		}
		if err := s.keepContactTx(ctx, tx, by.Person, d); err != nil || d.Birth == was.Birth {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: by.Person, What: "birth_changed"})
	})
}

func (s *Service) keepContactTx(ctx context.Context, tx pgx.Tx, person PersonID, d ContactData) error {
	for _, one := range []struct {
		what  Confided
		plain string
	}{{Phone, d.Phone}, {BirthDate, string(d.Birth)}, {Address, d.Address}} {
		if err := s.ConfideTx(ctx, tx, person, id.Cooperative{}, one.what, one.plain); err != nil {
			return err
		}
	}
	return nil
}
