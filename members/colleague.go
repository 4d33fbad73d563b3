package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// InvitationID identifies an invitation.
type InvitationID = id.Of[Invitation]

// InvitationLife is how long an invitation can be used.
const InvitationLife = 7 * 24 * time.Hour

// mostInvited is how many invitations of one client may wait.
const mostInvited = 10

// Invitation asks a colleague to act for a client too.
type Invitation struct {
	ID      InvitationID
	Name    string
	Email   Email
	Duty    Duty
	Expires time.Time
}

// NewInvitation is whom a manager invites, and as what.
type NewInvitation struct {
	Name   string
	Email  string
	Duty   Duty
	Locale Locale // in which the mail is written, for a person who is new here
}

func (n NewInvitation) problems() check.Problems {
	var p check.Problems
	NewPerson{Name: n.Name, Email: n.Email, Locale: n.Locale}.problems(&p)
	check.OneOf(&p, "duty", n.Duty, Duties()...)
	return p
}

// ColleagueInvited is the task that makes the secret and mails it.
type ColleagueInvited struct {
	Invitation  InvitationID
	Cooperative id.Cooperative
}

// Kind names the task.
func (ColleagueInvited) Kind() string { return "members.colleague_invited" }

// Invite lets a manager invite a colleague; an earlier invitation of the same
// address stops working. A person who is new gets a sign-in of their own. It
// returns check.Problems, and ErrNotFound to everybody else.
func (s *Service) Invite(ctx context.Context, by Actor, n NewInvitation) error {
	if err := n.problems().Err(); err != nil {
		return err
	}
	email, _ := ParseEmail(n.Email)
	invited := Invitation{ID: id.New[Invitation](s.random), Name: strings.TrimSpace(n.Name), Email: email, Duty: n.Duty,
		Expires: s.now().Add(InvitationLife)}
	return s.manageTx(ctx, by, func(tx pgx.Tx) error {
		person, err := s.EnsurePersonTx(ctx, tx, NewPerson{Name: n.Name, Email: n.Email, Locale: n.Locale})
		if err != nil {
			return err
		}
		if err := s.inviteTx(ctx, tx, by, invited); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "client_colleague_invited", Ref: clientRef(by.Client),
			Detail: map[string]string{"duty": string(n.Duty)}})
	})
}

func (s *Service) inviteTx(ctx context.Context, tx pgx.Tx, by Actor, invited Invitation) error {
	if err := withdrawInvitations(ctx, tx, by, invited.Email, s.now()); err != nil {
		return err
	}
	waiting, err := countInvitations(ctx, tx, by, s.now())
	if err != nil {
		return err
	}
	if waiting >= mostInvited {
		return check.Problems{{Field: "email", Rule: "many_invited", Args: map[string]any{"Max": mostInvited}}}
	}
	if err := insertInvitation(ctx, tx, by, invited); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, by.Cooperative, ColleagueInvited{Invitation: invited.ID, Cooperative: by.Cooperative})
}

// Uninvite takes an invitation back that nobody used. It returns ErrNotFound for
// one of another client, or one that is over.
func (s *Service) Uninvite(ctx context.Context, by Actor, invitation InvitationID) error {
	return s.manageTx(ctx, by, func(tx pgx.Tx) error {
		if err := withdrawInvitation(ctx, tx, by, invitation, s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "client_invitation_withdrawn", Ref: clientRef(by.Client)})
	})
}
