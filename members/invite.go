package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

// Invited is the task that makes the secret of an invitation and mails it.
type Invited struct{ ID InvitationID }

// Kind names the task.
func (Invited) Kind() string { return "members.invited" }

// invites reports whether the actor may invite at all.
func (a Actor) invites() bool { return a.Kind == RoleCoach || a.Kind == RoleCoordinator }

// Invite lets somebody join, by mail or with a card, by a coach or a
// coordinator. It returns check.Problems at "email", "trial" and "municipality",
// and ErrNotFound to everybody else.
func (s *Service) Invite(ctx context.Context, by Actor, n NewInvitation) (InvitationID, error) {
	if !by.invites() {
		return InvitationID{}, ErrNotFound
	}
	if err := n.problems(by).Err(); err != nil {
		return InvitationID{}, err
	}
	i := Invitation{ID: id.New[Invitation](s.random), Cooperative: by.Cooperative, Inviter: by.Role, Card: n.Card,
		Locale: ParseLocale(string(n.Locale)), Begins: n.begins(), Consent: ConsentNotNeeded, Made: s.now()}
	if !n.Card {
		i.Email, _ = ParseEmail(n.Email)
	}
	return i.ID, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := i.referTx(ctx, tx, n.Municipality); err != nil {
			return err
		}
		if err := insertInvitation(ctx, tx, i); err != nil {
			return err
		}
		if !n.Card {
			if _, err := s.tasks.EnqueueTx(ctx, tx, Invited{ID: i.ID}, tasks.Opts{Cooperative: by.Cooperative, Due: s.now()}); err != nil {
				return err
			}
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "member_invited", Ref: "invitation:" + i.ID.String(),
			Detail: map[string]string{"way": i.way(), "begins": string(i.Begins), "consent": string(i.Consent)}})
	})
}

// referTx lets a municipality refer who is invited; the trial waits for one that
// has to agree first.
func (i *Invitation) referTx(ctx context.Context, tx pgx.Tx, m MunicipalityID) error {
	if m.IsZero() {
		return nil
	}
	found, err := lockMunicipality(ctx, tx, i.Cooperative, m)
	if errors.Is(err, ErrNotFound) {
		return check.Problems{{Field: "municipality", Rule: "not_a_choice"}}
	}
	if err == nil && found.ConsentFirst && i.Begins == OnTrial {
		return check.Problems{{Field: "trial", Rule: "consent_first"}}
	}
	i.Municipality, i.Consent = found.ID, found.consent()
	return err
}

// InvitationsPage is how many invitations are listed, the newest first.
const InvitationsPage = 100

// Invitations lists those that the actor may handle: a coach's own, all of the
// cooperative for a coordinator, none for others.
func (s *Service) Invitations(ctx context.Context, by Actor) ([]Invitation, error) {
	return listInvitations(ctx, s.db, by, InvitationsPage)
}

// Invitation finds one of them. It returns ErrNotFound.
func (s *Service) Invitation(ctx context.Context, by Actor, i InvitationID) (Invitation, error) {
	found, err := findInvitation(ctx, s.db, i)
	if err == nil && !found.MadeBy(by) {
		return Invitation{}, ErrNotFound
	}
	return found, err
}

// RevokeInvitation ends one that is open: its link or card works no more. It
// returns ErrInvitationSpent for one that has ended, and ErrNotFound.
func (s *Service) RevokeInvitation(ctx context.Context, by Actor, i InvitationID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := s.lockOwnOpen(ctx, tx, by, i); err != nil {
			return err
		}
		if err := revokeInvitation(ctx, tx, i, s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "invitation_revoked", Ref: "invitation:" + i.String()})
	})
}

// IssueCard makes the secret of a card that is printed now; what was printed
// before works no more. It returns ErrInvitationSpent for a card that has ended,
// and ErrNotFound.
func (s *Service) IssueCard(ctx context.Context, by Actor, i InvitationID) (Invitation, string, error) {
	secret, err := newSpelled(s.source())
	if err != nil {
		return Invitation{}, "", err
	}
	var found Invitation
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if found, err = s.lockOwnOpen(ctx, tx, by, i); err != nil {
			return err
		}
		if !found.Card {
			return ErrNotFound
		}
		if err := updateInvitationSecret(ctx, tx, i, spelledHash(secret)); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: "invitation_printed", Ref: "invitation:" + i.String()})
	})
	return found, secret, err
}

// IssueInvitation makes the secret of one that goes by mail, for who mails it; a
// link that was mailed before works no more. It returns ErrInvitationSpent for
// one that has ended, and ErrNotFound.
func (s *Service) IssueInvitation(ctx context.Context, i InvitationID) (Invitation, string, error) {
	secret, err := newSpelled(s.source())
	if err != nil {
		return Invitation{}, "", err
	}
	var found Invitation
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if found, err = lockInvitation(ctx, tx, i); err != nil {
			return err
		}
		if found.Card || found.State(s.now()) != InvitationOpen {
			return ErrInvitationSpent
		}
		return updateInvitationSecret(ctx, tx, i, spelledHash(secret))
	})
	return found, secret, err
}

// lockOwnOpen finds an open invitation that the actor may handle, and lets
// nobody else use it meanwhile.
func (s *Service) lockOwnOpen(ctx context.Context, tx pgx.Tx, by Actor, i InvitationID) (Invitation, error) {
	found, err := lockInvitation(ctx, tx, i)
	switch {
	case err != nil:
		return found, err
	case !found.MadeBy(by):
		return Invitation{}, ErrNotFound
	case found.State(s.now()) != InvitationOpen:
		return Invitation{}, ErrInvitationSpent
	}
	return found, nil
}
