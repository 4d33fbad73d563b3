package coaching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ShowTo begins a release by the member, which turns their key: it opens at once
// when they decide alone or nobody follows them, and else when the coach agrees.
// It returns check.Problems at "client", "until" and "sentence", ErrAlumni,
// members.ErrNoKey for a sentence, and members.ErrNotFound to everybody who is
// not a member.
func (s *Service) ShowTo(ctx context.Context, by members.Actor, n NewRelease) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	n.Sentence = strings.TrimSpace(n.Sentence)
	if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		coach, err := s.beginReleaseTx(ctx, tx, by, by.Member, n)
		if err != nil {
			return err
		}
		release := newRelease(s, by, n, coach.IsZero() || n.Alone)
		if release.sentence, err = s.people.SealGivenTx(ctx, tx, by.Person, sentenceColumn(release.ID), n.Sentence); err != nil {
			return err
		}
		release.MemberKey = true
		return s.storeReleaseTx(ctx, tx, by, by.Member, by.Person, release)
	})
}

// AskToShow begins a release by the member's coach, which turns the coach's key;
// the member's always has to follow. Errors are those of ShowTo,
// *members.NotGranted without the member's profile, members.ErrRestricted, and
// members.ErrNotFound to everybody but the member's coach.
func (s *Service) AskToShow(ctx context.Context, by members.Actor, m members.MemberID, n NewRelease) error {
	n.Alone, n.Sentence = false, ""
	if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
		return err
	}
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if err := s.mayReleaseTx(ctx, tx, by, m); err != nil {
			return err
		}
		coach, err := s.beginReleaseTx(ctx, tx, by, m, n)
		if err != nil {
			return err
		}
		if coach != by.Role {
			return members.ErrNotFound
		}
		who, err := findPersonOf(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		release := newRelease(s, by, n, false)
		release.CoachKey, release.ByCoach = true, true
		return s.storeReleaseTx(ctx, tx, by, m, who, release)
	})
}

// mayReleaseTx admits a coach who may take something new on, with the member's
// profile. It locks in the order of GrantTx.
func (s *Service) mayReleaseTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return err
	}
	if _, err := lockReleases(ctx, tx, by.Cooperative, m); err != nil {
		return err
	}
	_, err := s.people.ReadTx(ctx, tx, by, m, members.ProfileScope)
	return err
}

// beginReleaseTx locks what a release hangs on, and says who follows the member.
// What the member keeps from the client, or shows them alone, is told to the member
// alone.
func (s *Service) beginReleaseTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, n NewRelease) (coach members.RoleID, err error) {
	if coach, err = lockReleases(ctx, tx, by.Cooperative, m); err != nil {
		return coach, err
	}
	today := members.DayOf(s.now())
	if err := expireReleases(ctx, tx, by.Cooperative, m, today); err != nil {
		return coach, err
	}
	state, err := findReleasable(ctx, tx, by.Cooperative, m, n.Client)
	switch {
	case err != nil:
		return coach, err
	case state.alumni:
		return coach, ErrAlumni
	case !state.approved:
		return coach, check.Problems{{Field: "client", Rule: "not_a_choice"}}
	case state.blocked && by.Member == m:
		return coach, check.Problems{{Field: "client", Rule: "client_blocked"}}
	case state.live, state.alone && by.Member == m:
		return coach, check.Problems{{Field: "client", Rule: "release_there"}}
	}
	return coach, nil
}

// keptRelease is a release as its row has it.
type keptRelease struct {
	Release
	sentence []byte
	begunBy  members.RoleID
	person   members.PersonID // the member's
}

func newRelease(s *Service, by members.Actor, n NewRelease, alone bool) keptRelease {
	return keptRelease{begunBy: by.Role, Release: Release{ID: id.New[Release](s.random), Client: n.Client, Until: n.Until, State: ReleaseAsked,
		Alone: alone, Begun: s.now()}}
}

// opens reports whether the keys that are needed are turned.
func (r Release) opens() bool { return r.MemberKey && (r.Alone || r.CoachKey) }

func (s *Service) storeReleaseTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, who members.PersonID, r keptRelease) error {
	what := "release_asked"
	if r.opens() {
		r.State, what = Released, "release_opened"
	}
	if err := insertRelease(ctx, tx, by, m, r, s.now()); err != nil {
		return err
	}
	return s.noteReleaseTx(ctx, tx, members.Deed{By: by, For: who, What: what, Ref: releaseRef(r.ID)}, m)
}

func releaseRef(r ReleaseID) string     { return "release:" + r.String() }
func sentenceColumn(r ReleaseID) string { return "release.sentence@" + r.String() }

// noteReleaseTx lets open pages look again and writes the deed down.
func (s *Service) noteReleaseTx(ctx context.Context, tx pgx.Tx, d members.Deed, m members.MemberID) error {
	if err := s.tellTx(ctx, tx, d.By.Cooperative, movedOf(d.By.Cooperative, m)); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, d)
}
