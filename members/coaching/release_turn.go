package coaching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// AgreeToShow turns the acting member's key of a release that is asked, with a
// sentence to the client or none. alone, or that nobody follows them any more,
// makes their key enough. Once more is no fault. It returns check.Problems at
// "sentence" and "client", ErrReleaseOver, ErrAlumni, members.ErrNoKey, and
// members.ErrNotFound for somebody else's.
func (s *Service) AgreeToShow(ctx context.Context, by members.Actor, release ReleaseID, alone bool, sentence string) error {
	sentence = strings.TrimSpace(sentence)
	if err := sentenceProblems(sentence).Err(); err != nil {
		return err
	}
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return s.turnTx(ctx, tx, by, by.Member, release, func(r *keptRelease, coach members.RoleID) (err error) {
			r.MemberKey, r.Alone = true, r.Alone || alone || coach.IsZero()
			if sentence != "" {
				r.sentence, err = s.people.SealTx(ctx, tx, r.person, sentenceColumn(r.ID), sentence)
			}
			return err
		})
	})
}

// AgreeAsCoach turns the coach's key. Errors are those of AgreeToShow,
// *members.NotGranted without the member's profile, members.ErrRestricted, and
// members.ErrNotFound to everybody but the member's coach.
func (s *Service) AgreeAsCoach(ctx context.Context, by members.Actor, m members.MemberID, release ReleaseID) error {
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if err := s.mayReleaseTx(ctx, tx, by, m); err != nil {
			return err
		}
		return s.turnTx(ctx, tx, by, m, release, func(r *keptRelease, coach members.RoleID) error {
			if coach != by.Role {
				return members.ErrNotFound
			}
			r.CoachKey = true
			return nil
		})
	})
}

// turnTx lets one key at a time be turned; the last one opens.
func (s *Service) turnTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, release ReleaseID, turn func(*keptRelease, members.RoleID) error) error {
	coach, err := lockReleases(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	r, err := lockRelease(ctx, tx, by.Cooperative, m, release, members.DayOf(s.now()))
	if err != nil {
		return err
	}
	if r.State != ReleaseAsked {
		return ErrReleaseOver
	}
	state, err := findReleasable(ctx, tx, by.Cooperative, m, r.Client)
	switch {
	case err != nil:
		return err
	case state.alumni:
		return ErrAlumni
	case !state.approved:
		return ErrReleaseOver
	case state.blocked && by.Member == m:
		return check.Problems{{Field: "client", Rule: "client_blocked"}}
	case state.blocked:
		return ErrReleaseOver
	}
	if err := turn(&r, coach); err != nil {
		return err
	}
	what := "release_key"
	if r.opens() {
		r.State, what = Released, "release_opened"
		if err := endReleasedAlone(ctx, tx, by, m, r, s.now()); err != nil {
			return err
		}
	}
	if err := updateRelease(ctx, tx, by, r, s.now()); err != nil {
		return err
	}
	return s.noteReleaseTx(ctx, tx, members.Deed{By: by, For: r.person, What: what, Ref: releaseRef(release)}, m)
}
