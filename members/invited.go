package members

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Invited is an invitation as the invited person reads it.
type Invited struct {
	Cooperative     id.Cooperative
	CooperativeName string
	Client          ClientID
	ClientName      string
	Email           Email
	Duty            Duty
	InvitedBy       string
}

// IssuedInvitation is what the mail must carry. Link is a secret that exists
// nowhere else; Key names it, and tells nothing.
type IssuedInvitation struct {
	Invited
	Person Person
	Link   string
	Key    string
}

// IssueInvitation makes a fresh secret and keeps its hash; what an earlier call
// made stops working. It returns ErrInvitationSpent when there is nothing to
// send any more.
func (s *Service) IssueInvitation(ctx context.Context, c id.Cooperative, invitation InvitationID) (issued IssuedInvitation, err error) {
	if issued.Link, err = s.NewSecret(); err != nil {
		return issued, err
	}
	hash := secretHash(issued.Link)
	issued.Key = hex.EncodeToString(hash[:16])
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		row, err := lockInvitation(ctx, tx, c, invitation)
		if err != nil {
			return spentInvitation(err)
		}
		if !row.living(s.now()) {
			return ErrInvitationSpent
		}
		issued.Invited = row.Invited
		if issued.Person, err = findPersonByEmail(ctx, tx, row.Email); err != nil {
			return spentInvitation(err)
		}
		return updateInvitationLink(ctx, tx, row.id, hash)
	})
	return issued, err
}

// invitationRow is an invitation as it stands in the database.
type invitationRow struct {
	Invited
	id      InvitationID
	expires time.Time
	over    bool // used, or taken back
}

func (i invitationRow) living(now time.Time) bool { return !i.over && now.Before(i.expires) }

// Invited shows an invitation to whoever has the link. It returns
// ErrInvitationSpent for every reason there is.
func (s *Service) Invited(ctx context.Context, link string) (invited Invited, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		row, err := s.livingInvitationTx(ctx, tx, link)
		invited = row.Invited
		return err
	})
	return invited, err
}

// AcceptInvitation makes the signed-in person a contact of the client, once. It
// returns ErrInvitationSpent, and ErrNotInvited for a person who signed in with
// another address.
func (s *Service) AcceptInvitation(ctx context.Context, by Actor, link string) (role RoleID, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		row, err := s.livingInvitationTx(ctx, tx, link)
		if err != nil {
			return err
		}
		who, err := findPersonByEmail(ctx, tx, row.Email)
		if err != nil || who.ID != by.Person {
			return cmp.Or(err, ErrNotInvited)
		}
		if err := markInvitationUsed(ctx, tx, row.id, s.now()); err != nil {
			return err
		}
		role, err = s.AddRoleTx(ctx, tx, NewRole{Person: who.ID, Cooperative: row.Cooperative, Kind: RoleClient, Client: row.Client, Duty: row.Duty})
		if err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, In: row.Cooperative, For: who.ID, What: "client_colleague_joined", Ref: clientRef(row.Client)})
	})
	return role, err
}

// livingInvitationTx finds the invitation of a link, which nobody else uses
// meanwhile.
func (s *Service) livingInvitationTx(ctx context.Context, tx pgx.Tx, link string) (invitationRow, error) {
	row, err := lockInvitationByLink(ctx, tx, secretHash(link))
	if err != nil {
		return row, spentInvitation(err)
	}
	if !row.living(s.now()) {
		return row, ErrInvitationSpent
	}
	return row, nil
}

// spentInvitation hides why an invitation cannot be used.
func spentInvitation(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrInvitationSpent
	}
	return err
}
