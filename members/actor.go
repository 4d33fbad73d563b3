package members

import (
	"context"

	"meent/internal/id"
)

// Actor is a person acting in one role: who does it, and for which cooperative.
// Every verb that needs permission takes one. Client is set for a client's
// contact, Member for a member.
type Actor struct {
	Person          PersonID
	Name            string
	Locale          Locale
	Role            RoleID
	Kind            RoleKind
	Cooperative     id.Cooperative
	CooperativeName string
	Client          ClientID
	ClientState     ClientState // of that client
	Duty            Duty        // at that client
	Member          MemberID
	Restriction     RestrictionID // zero: none in this cooperative
	Membership      Membership    // of a member; empty for others
	Several         bool          // the person has other roles too
	Helper          Helper        // who acts in the name of this one; usually nobody
}

// Restricted reports whether the actor may take nothing new in this
// cooperative. Verbs ask MayTakeTx, whose answer stays true until their end.
func (a Actor) Restricted() bool { return !a.Restriction.IsZero() }

// Actor reads who acts, afresh for each request, so that a role that was taken
// away is gone on the next one. A zero role, or one that the person no longer
// holds, means the person's first; a client that anybody may have asked for in
// their name comes last. A person without any role is an Actor without Kind. It returns ErrNotFound when the person is gone.
func (s *Service) Actor(ctx context.Context, person PersonID, role RoleID) (Actor, error) {
	return findActor(ctx, s.db, person, role)
}

func findActor(ctx context.Context, db querier, person PersonID, role RoleID) (Actor, error) {
	const query = `
		SELECT p.id, p.name, p.locale, r.id, coalesce(r.kind, ''), r.cooperative_id, coalesce(c.name, ''),
			r.client_id, coalesce(cl.state, ''), coalesce(r.duty, ''), m.id, coalesce(m.state, ''), x.id,
			(SELECT count(*) > 1 FROM members.role o WHERE o.person_id = p.id AND o.ended_at IS NULL)
		FROM members.person p
		LEFT JOIN members.role r ON r.person_id = p.id AND r.ended_at IS NULL
		LEFT JOIN members.cooperative c ON c.id = r.cooperative_id
		LEFT JOIN members.client cl ON cl.cooperative_id = r.cooperative_id AND cl.id = r.client_id
		LEFT JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.role_id = r.id
		LEFT JOIN members.restriction x ON x.cooperative_id = r.cooperative_id AND x.person_id = p.id AND x.lifted_at IS NULL
		WHERE p.id = $1 AND p.erased_at IS NULL
		ORDER BY r.id IS NOT DISTINCT FROM $2 DESC, coalesce(cl.state, 'approved') <> 'approved', c.name, r.kind, r.id
		LIMIT 1`
	var a Actor
	err := db.QueryRow(ctx, query, person, role).Scan(&a.Person, &a.Name, &a.Locale,
		&a.Role, &a.Kind, &a.Cooperative, &a.CooperativeName, &a.Client, &a.ClientState, &a.Duty, &a.Member, &a.Membership, &a.Restriction, &a.Several)
	return a, notFound(err)
}
