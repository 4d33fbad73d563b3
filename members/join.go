package members

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
)

// AdultAge is from which age somebody may join.
const AdultAge = 18

// oldestAge is what nobody reaches: a year that was typed wrongly.
const oldestAge = 120

// Joining is what somebody who joins tells of themselves.
type Joining struct {
	Name        string
	Email       string // of an invitation by mail, the one that was invited counts
	Birth       Day
	Place       string // the name of a place, or its code
	ReachMetres int
	Travel      Travel
	Locale      Locale
}

// problems are all but those of the place.
func (j Joining) problems(today Day) (p check.Problems) {
	p.Text("name", j.Name, 1, 80)
	checkEmail(&p, j.Email)
	checkBirth(&p, j.Birth, today)
	p.Text("place", j.Place, 1, 80)
	p.Between("reach", j.ReachMetres, MinReach, MaxReach)
	check.OneOf(&p, "travel", j.Travel, Travels()...)
	return p
}

func checkBirth(p *check.Problems, birth, today Day) {
	switch {
	case !birth.Real() || birth.AgeOn(today) > oldestAge:
		p.Add("birth", "no_such_day", nil)
	case birth > today:
		p.Add("birth", "day_to_come", nil)
	case birth.AgeOn(today) < AdultAge:
		p.Add("birth", "under_age", map[string]any{"Age": AdultAge})
	}
}

// JoinedBy is what came of an invitation. The caller does what belongs to it and
// writes the deed last, see AuditTx.
type JoinedBy struct {
	Invitation
	Member MemberID
	Email  Email // with which the person signs in
	New    bool  // false: was a member already, and nothing changed
	Deed   Deed
}

// Look gives the invitation of a secret while it can be used. It returns
// ErrInvitationSpent for every reason there is, as JoinTx does.
func (s *Service) Look(ctx context.Context, secret string) (Invitation, error) {
	i, err := findInvitationBySecret(ctx, s.db, spelledHash(secret))
	if err == nil && i.State(s.now()) != InvitationOpen {
		err = ErrInvitationSpent
	}
	return i, invitationSpent(err)
}

// JoinTx spends the invitation of a secret, once however many try at the same
// time, and makes a member of who has it. Whoever has the address already keeps
// what they have. It returns check.Problems and ErrInvitationSpent.
func (s *Service) JoinTx(ctx context.Context, tx pgx.Tx, secret string, j Joining) (JoinedBy, error) {
	i, err := lockInvitationBySecret(ctx, tx, spelledHash(secret))
	if err == nil && i.State(s.now()) != InvitationOpen {
		err = ErrInvitationSpent
	}
	if err != nil {
		return JoinedBy{}, invitationSpent(err)
	}
	return s.joinTx(ctx, tx, Actor{}, i, j)
}

// JoinTogetherTx is JoinTx by a coach or coordinator who fills in their card
// beside the one who joins. The member is told by mail. It returns
// check.Problems, ErrInvitationSpent and ErrNotFound.
func (s *Service) JoinTogetherTx(ctx context.Context, tx pgx.Tx, by Actor, i InvitationID, j Joining) (JoinedBy, error) {
	found, err := s.lockOwnOpen(ctx, tx, by, i)
	if err != nil {
		return JoinedBy{}, err
	}
	if !found.Card {
		return JoinedBy{}, ErrNotFound
	}
	joined, err := s.joinTx(ctx, tx, by, found, j)
	if err != nil || !joined.New {
		return joined, err
	}
	return joined, s.tellMovedTx(ctx, tx, found.Cooperative, joined.Member, found.Begins)
}

// joinTx makes the member; by is zero when they do it alone.
func (s *Service) joinTx(ctx context.Context, tx pgx.Tx, by Actor, i Invitation, j Joining) (JoinedBy, error) {
	j.Name, j.Place = strings.TrimSpace(j.Name), strings.TrimSpace(j.Place)
	if !i.Card {
		j.Email = string(i.Email)
	}
	problems := j.problems(DayOf(s.now()))
	place, err := findPlaceTx(ctx, tx, j.Place)
	if place == "" && !problems.At("place") {
		problems.Add("place", "unknown_place", nil)
	}
	if err := errors.Join(err, problems.Err()); err != nil {
		return JoinedBy{}, err
	}
	person, err := s.EnsurePersonTx(ctx, tx, NewPerson{Name: j.Name, Email: j.Email, Locale: ParseLocale(string(j.Locale))})
	if err != nil {
		return JoinedBy{}, err
	}
	if person == by.Person {
		return JoinedBy{}, check.Problems{{Field: "email", Rule: "own_address"}}
	}
	joined := JoinedBy{Invitation: i}
	joined.Email, _ = ParseEmail(j.Email)
	if joined.Member, joined.New, err = s.ensureMemberTx(ctx, tx, i.member(person, place, j)); err != nil {
		return joined, err
	}
	joined.Deed = i.deed(by, person, joined)
	return joined, useInvitation(ctx, tx, i.ID, joined.Member, s.now())
}

func (i Invitation) member(person PersonID, place string, j Joining) NewMember {
	n := NewMember{Person: person, Cooperative: i.Cooperative, PlaceCode: place, ReachMetres: j.ReachMetres, Travel: j.Travel,
		Membership: i.Begins, Consent: i.Consent, Municipality: i.Municipality, Birth: j.Birth}
	if i.Begins == OnTrial {
		n.ApprovedBy = i.Inviter
	}
	return n
}

// deed is by who sat beside the one who joins. Who has a card may type anybody's
// address: so without somebody beside it is nobody's deed, and for the person.
func (i Invitation) deed(by Actor, person PersonID, joined JoinedBy) Deed {
	together := "yes"
	if by.Person.IsZero() {
		together = "no"
	}
	what := "member_joined"
	if !joined.New {
		what = "invitation_used_again" // by somebody who was a member already
	}
	return Deed{By: by, In: i.Cooperative, For: person, What: what, Ref: "member:" + joined.Member.String(),
		Detail: map[string]string{"invitation": i.ID.String(), "together": together, "begins": string(i.Begins)}}
}

// ensureMemberTx makes the person a member, or finds the one that they are.
func (s *Service) ensureMemberTx(ctx context.Context, tx pgx.Tx, n NewMember) (m MemberID, made bool, err error) {
	role, err := s.AddRoleTx(ctx, tx, NewRole{Person: n.Person, Cooperative: n.Cooperative, Kind: RoleMember}) // two at once wait here
	if err != nil {
		return m, false, err
	}
	m, err = findMemberOf(ctx, tx, n.Cooperative, role)
	if !errors.Is(err, ErrNotFound) {
		return m, false, err
	}
	m, err = s.AddMemberTx(ctx, tx, n)
	return m, err == nil, err
}

// invitationSpent hides why an invitation cannot be used.
func invitationSpent(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrInvitationSpent
	}
	return err
}
