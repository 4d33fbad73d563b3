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

// InvitedColleague is an invitation as the invited person reads it.
type InvitedColleague struct {
	Cooperative     id.Cooperative
	CooperativeName string
	Client          ClientID
	ClientName      string
	Email           Email
	Duty            Duty
	InvitedBy       string
}

// IssuedColleagueInvitation is what the mail must carry. Link is a secret that exists
// nowhere else; Key names it, and tells nothing.
type IssuedColleagueInvitation struct {
	InvitedColleague
	Person Person
	Link   string
	Key    string
}

// IssueColleagueInvitation makes a fresh secret and keeps its hash; what an earlier call
// made stops working. It returns ErrInvitationSpent when there is nothing to
// send any more.
func (s *Service) IssueColleagueInvitation(ctx context.Context, c id.Cooperative, invitation ColleagueInvitationID) (issued IssuedColleagueInvitation, err error) {
	if issued.Link, err = s.NewSecret(); err != nil {
		return issued, err
	}
	hash := secretHash(issued.Link)
	issued.Key = hex.EncodeToString(hash[:16])
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		row, err := lockColleagueInvitation(ctx, tx, c, invitation)
		if err != nil {
			return spentColleagueInvitation(err)
		}
		if !row.living(s.now()) {
			return ErrInvitationSpent
		}
		issued.InvitedColleague = row.InvitedColleague
		if issued.Person, err = findPersonByEmail(ctx, tx, row.Email); err != nil {
			return spentColleagueInvitation(err)
		}
		return updateColleagueInvitationLink(ctx, tx, row.id, hash)
	})
	return issued, err
}

// colleagueInvitationRow is an invitation as it stands in the database.
type colleagueInvitationRow struct {
	InvitedColleague
	id      ColleagueInvitationID
	expires time.Time
	over    bool // used, or taken back
}

func (i colleagueInvitationRow) living(now time.Time) bool { return !i.over && now.Before(i.expires) }

// InvitedColleague shows an invitation to whoever has the link. It returns
// ErrInvitationSpent for every reason there is.
func (s *Service) InvitedColleague(ctx context.Context, link string) (invited InvitedColleague, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		row, err := s.livingColleagueInvitationTx(ctx, tx, link)
		invited = row.InvitedColleague
		return err
	})
	return invited, err
}

// AcceptColleagueInvitation makes the signed-in person a contact of the client, once. It
// returns ErrInvitationSpent, and ErrNotInvited for a person who signed in with
// another address.
func (s *Service) AcceptColleagueInvitation(ctx context.Context, by Actor, link string) (role RoleID, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		row, err := s.livingColleagueInvitationTx(ctx, tx, link)
		if err != nil {
			return err
		}
		who, err := findPersonByEmail(ctx, tx, row.Email)
		if err != nil || who.ID != by.Person {
			return cmp.Or(err, ErrNotInvited)
		}
		if err := markColleagueInvitationUsed(ctx, tx, row.id, s.now()); err != nil {
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

// livingColleagueInvitationTx finds the invitation of a link, which nobody else uses
// meanwhile.
func (s *Service) livingColleagueInvitationTx(ctx context.Context, tx pgx.Tx, link string) (colleagueInvitationRow, error) {
	row, err := lockColleagueInvitationByLink(ctx, tx, secretHash(link))
	if err != nil {
		return row, spentColleagueInvitation(err)
	}
	if !row.living(s.now()) {
		return row, ErrInvitationSpent
	}
	return row, nil
}

// spentColleagueInvitation hides why an invitation cannot be used.
func spentColleagueInvitation(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrInvitationSpent
	}
	return err
}
