package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// The office answers hours for a client: on the phone, and where a client has
// nobody who can sign in. It is written down as a deed, and never about the work of
// who does it.

// sideOfHours is whose word about hours this role has.
func sideOfHours(by members.RoleKind) members.RoleKind {
	if by == members.RoleCoordinator {
		return members.RoleClient
	}
	return by
}

// MayAnswer reports whether the actor can say something about the hours, also as
// the coordinator who answers for the client.
func (w Work) MayAnswer(by members.Actor, now time.Time) bool {
	return w.MayPropose(sideOfHours(by.Kind), now) && !w.OwnOf(by)
}

// OwnOf reports that a coordinator looks at their own work.
func (w Work) OwnOf(by members.Actor) bool {
	return by.Kind == members.RoleCoordinator && w.person == by.Person
}

// findSideWork is findWork, and for a coordinator any work of the cooperative.
func findSideWork(ctx context.Context, db querier, by members.Actor, e EngagementID) (Work, error) {
	if by.Kind == members.RoleCoordinator {
		return findAnyWork(ctx, db, by.Cooperative, e)
	}
	return findWork(ctx, db, by, e)
}

// forClientTx writes down that the office said something about hours for the
// client; what, the steps say.
func (s *Service) forClientTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) error {
	if by.Kind != members.RoleCoordinator {
		return nil
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "hours_for_client", Ref: "engagement:" + w.ID.String()})
}

// clientNews is who hears what the client should answer: where nobody of theirs can
// sign in, the office, which answers for them.
func clientNews(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, by members.RoleKind) (members.RoleKind, error) {
	if by != members.RoleClient {
		return by, nil
	}
	there, err := hasContacts(ctx, tx, c, w.Client)
	if err == nil && !there {
		by = members.RoleCoordinator
	}
	return by, err
}

// tellBothTx lets the member and the client be told, for whom the office hears it
// where nobody of theirs can sign in.
func (s *Service) tellBothTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, news SheetNews) error {
	client, err := clientNews(ctx, tx, c, w, members.RoleClient)
	if err != nil {
		return err
	}
	return s.tellSheetTx(ctx, tx, c, w, news, members.RoleMember, client)
}

// heldTx reports whether hours may not be agreed by silence: more than was planned,
// and nobody of the client was told. The office hears of it, each week anew.
func (s *Service) heldTx(ctx context.Context, tx pgx.Tx, t SheetSilent, w Work) (held bool, err error) {
	if w.Sheet.State != MemberProposed || w.Sheet.Worked <= w.Planned() {
		return false, nil
	}
	if there, err := hasContacts(ctx, tx, t.Cooperative, w.Client); err != nil || there {
		return false, err
	}
	if err := s.tellSheetTx(ctx, tx, t.Cooperative, w, NewsAnswer, members.RoleCoordinator); err != nil {
		return true, err
	}
	return true, s.timerTx(ctx, tx, t, s.now().Add(SilentAfter))
}

// ForClients lists work whose hours the office has to answer, for clients of whom
// nobody can sign in, the oldest first, at most 200; none to everybody but a
// coordinator.
func (s *Service) ForClients(ctx context.Context, by members.Actor) ([]Work, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listForClients(ctx, s.db, by.Cooperative)
}
