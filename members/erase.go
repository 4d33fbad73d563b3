package members

import (
	"context"
	"encoding/base32"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// Erasing is who is being erased, and what they are called afterwards. The
// pseudonym is drawn anew: nothing leads from it to the person.
type Erasing struct {
	Person PersonID
	Name   string
	Email  Email // no address: nobody can sign in with it or be sent anything

	was Person
	at  time.Time
}

// Erased reports whether it stands for the address of somebody who was erased.
func (e Email) Erased() bool { return !strings.Contains(string(e), "@") }

// BeginErasingTx lets nobody else change who the person is, or those with whom
// they share a duty, until the transaction ends. It returns ErrNotFound for
// nobody, and for who is erased already.
func (s *Service) BeginErasingTx(ctx context.Context, tx pgx.Tx, person PersonID) (Erasing, error) {
	if err := lockDuties(ctx, tx, person); err != nil {
		return Erasing{}, err
	}
	was, err := lockPerson(ctx, tx, person)
	if err != nil {
		return Erasing{}, err
	}
	raw := make([]byte, 10)
	if _, err := io.ReadFull(s.source(), raw); err != nil {
		return Erasing{}, err
	}
	code := base32.StdEncoding.EncodeToString(raw)
	return Erasing{Person: person, Name: "Verwijderd " + code[:6], Email: Email("verwijderd." + strings.ToLower(code)), was: was, at: s.now()}, nil
}

// EraseTx erases a person here, after every other domain did: what they told and
// confided, how they sign in, what was written about them. Their roles end. What
// stays is a row with a pseudonym, for what others must keep. keep names the
// households whose name the law wants on bills. It writes deeds, so it comes last.
func (s *Service) EraseTx(ctx context.Context, tx pgx.Tx, e Erasing, keep []ClientID) error {
	where, err := listStood(ctx, tx, e.Person)
	if err != nil {
		return err
	}
	for _, one := range where {
		if !one.Member.IsZero() {
			if err := s.EraseProfileTx(ctx, tx, one.Cooperative, one.Member); err != nil {
				return err
			}
		}
	}
	if err := s.DestroyKeyTx(ctx, tx, e.Person); err != nil {
		return err
	}
	if err := eraseHouseholds(ctx, tx, e, keep); err != nil {
		return err
	}
	for _, erase := range erasures() {
		if err := erase(ctx, tx, e); err != nil {
			return err
		}
	}
	if err := s.sayFarewellTx(ctx, tx, e); err != nil {
		return err
	}
	return s.auditErasedTx(ctx, tx, e.Person, where)
}

// erasures in an order in which each leaves what the next needs.
func erasures() []func(context.Context, pgx.Tx, Erasing) error {
	return []func(context.Context, pgx.Tx, Erasing) error{
		eraseWaysIn, eraseInvitations, eraseSharing, eraseDecisions, handOver, eraseMembership, eraseRoles, erasePerson,
	}
}

// auditErasedTx writes a deed in each cooperative, always in the same order.
func (s *Service) auditErasedTx(ctx context.Context, tx pgx.Tx, person PersonID, where []stood) error {
	var last id.Cooperative
	for _, one := range where {
		if one.Cooperative == last {
			continue
		}
		last = one.Cooperative
		by := Actor{Person: person, Kind: one.Kind, Cooperative: one.Cooperative}
		if err := s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "person_erased"}); err != nil {
			return err
		}
		if _, err := s.tasks.EnqueueTx(ctx, tx, Moved{Cooperative: one.Cooperative}, tasks.Opts{Cooperative: one.Cooperative}); err != nil {
			return err
		}
	}
	return nil
}

// stood is what the person was somewhere.
type stood struct {
	Cooperative id.Cooperative
	Kind        RoleKind
	Member      MemberID
}
