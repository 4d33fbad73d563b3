package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// ColleagueInvitationID identifies an invitation.
type ColleagueInvitationID = id.Of[ColleagueInvitation]

// ColleagueInvitationLife is how long an invitation can be used.
const ColleagueInvitationLife = 7 * 24 * time.Hour

// mostInvited is how many invitations of one client may wait.
const mostInvited = 10

// ColleagueInvitation asks a colleague to act for a client too.
type ColleagueInvitation struct {
	ID      ColleagueInvitationID
	Name    string
	Email   Email
	Duty    Duty
	Expires time.Time
}

// NewColleagueInvitation is whom a manager invites, and as what.
type NewColleagueInvitation struct {
	Name   string
	Email  string
	Duty   Duty
	Locale Locale // in which the mail is written, for a person who is new here
}

func (n NewColleagueInvitation) problems() check.Problems {
	var p check.Problems
	NewPerson{Name: n.Name, Email: n.Email, Locale: n.Locale}.problems(&p)
	check.OneOf(&p, "duty", n.Duty, Duties()...)
	return p
}

// ColleagueInvited is the task that makes the secret and mails it.
type ColleagueInvited struct {
	ColleagueInvitation ColleagueInvitationID
	Cooperative         id.Cooperative
}

// Kind names the task.
func (ColleagueInvited) Kind() string { return "members.colleague_invited" }

// InviteColleague lets a manager invite a colleague; an earlier invitation of the same
// address stops working. A person who is new gets a sign-in of their own. It
// returns check.Problems, and ErrNotFound to everybody else.
func (s *Service) InviteColleague(ctx context.Context, by Actor, n NewColleagueInvitation) error {
	if err := n.problems().Err(); err != nil {
		return err
	}
	email, _ := ParseEmail(n.Email)
	invited := ColleagueInvitation{ID: id.New[ColleagueInvitation](s.random), Name: strings.TrimSpace(n.Name), Email: email, Duty: n.Duty,
		Expires: s.now().Add(ColleagueInvitationLife)}
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

func (s *Service) inviteTx(ctx context.Context, tx pgx.Tx, by Actor, invited ColleagueInvitation) error {
	if err := withdrawColleagueInvitations(ctx, tx, by, invited.Email, s.now()); err != nil {
		return err
	}
	waiting, err := countColleagueInvitations(ctx, tx, by, s.now())
	if err != nil {
		return err
	}
	if waiting >= mostInvited {
		return check.Problems{{Field: "email", Rule: "many_invited", Args: map[string]any{"Max": mostInvited}}}
	}
	if err := insertColleagueInvitation(ctx, tx, by, invited); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, by.Cooperative, ColleagueInvited{ColleagueInvitation: invited.ID, Cooperative: by.Cooperative})
}

// UninviteColleague takes an invitation back that nobody used. It returns ErrNotFound for
// one of another client, or one that is over.
func (s *Service) UninviteColleague(ctx context.Context, by Actor, invitation ColleagueInvitationID) error {
	return s.manageTx(ctx, by, func(tx pgx.Tx) error {
		if err := withdrawColleagueInvitation(ctx, tx, by, invitation, s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "client_invitation_withdrawn", Ref: clientRef(by.Client)})
	})
}
