package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// StopShowing takes a release of the acting member back, at once: what is open
// is revoked, what the coach asked refused, what the member asked withdrawn. What
// has ended stays as it is. It returns members.ErrNotFound for somebody else's.
func (s *Service) StopShowing(ctx context.Context, by members.Actor, release ReleaseID) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.endReleaseTx(ctx, tx, by, by.Member, release) })
}

// StopAsCoach is StopShowing by the member's coach. It needs no grant: who turned
// a key may take it back. Of what the member opened alone the coach has no key:
// it is not found.
func (s *Service) StopAsCoach(ctx context.Context, by members.Actor, m members.MemberID, release ReleaseID) error {
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error { return s.endReleaseTx(ctx, tx, by, m, release) })
}

func (s *Service) endReleaseTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, release ReleaseID) error {
	if _, err := lockReleases(ctx, tx, by.Cooperative, m); err != nil {
		return err
	}
	r, err := lockRelease(ctx, tx, by.Cooperative, m, release, members.DayOf(s.now()))
	switch {
	case err != nil:
		return err
	case r.Alone && by.Member != m:
		return members.ErrNotFound
	case !r.Live():
		return nil // a second tap is no fault
	}
	to, what := ReleaseRevoked, "release_revoked"
	if r.State == ReleaseAsked {
		to, what = ReleaseRefused, "release_refused"
		if r.begunBy == by.Role {
			to, what = ReleaseWithdrawn, "release_withdrawn"
		}
	}
	if r.State, err = r.State.To(to); err != nil {
		return err
	}
	if err := endRelease(ctx, tx, by, r, s.now()); err != nil {
		return err
	}
	return s.noteReleaseTx(ctx, tx, members.Deed{By: by, For: r.person, What: what, Ref: releaseRef(release)}, m)
}

// Block is members.Block, and takes back what the member shows to the client, or
// was asked to.
func (s *Service) Block(ctx context.Context, by members.Actor, client members.ClientID, reason string) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := lockReleases(ctx, tx, by.Cooperative, by.Member); err != nil {
			return err
		}
		if err := endReleasesTo(ctx, tx, by, client, s.now()); err != nil {
			return err
		}
		return s.people.BlockTx(ctx, tx, by, client, reason)
	})
}

// dropKeysTx takes the key of a coach who follows the member no more out of what
// is not open yet; what they asked and the member did not answer is withdrawn.
// What is open stays the member's.
func (s *Service) dropKeysTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, coach members.RoleID) error {
	return dropCoachKeys(ctx, tx, c, m, coach, s.now())
}
