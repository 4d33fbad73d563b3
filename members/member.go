package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// MemberID identifies a person as member of one cooperative.
type MemberID = id.Of[Member]

// Member is a person who works through the cooperative, as lists show them.
type Member struct {
	ID        MemberID
	Name      string
	PlaceName string
	Skills    int // how many skills the member named

	Membership Membership
	TrialUntil Day // the last day of the trial; empty for who is in none
}

// Travel is how a member goes to work.
type Travel string

// The ways to travel.
const (
	Walk    Travel = "walk"
	Bike    Travel = "bike"
	Transit Travel = "transit"
	Car     Travel = "car"
)

// Travels lists the ways to travel, the simplest first.
func Travels() []Travel { return []Travel{Walk, Bike, Transit, Car} }

// A member's reach, one way, in metres.
const (
	MinReach = 500
	MaxReach = 100_000
)

// NewMember makes a person a member of a cooperative.
type NewMember struct {
	Person      PersonID
	Cooperative id.Cooperative
	PlaceCode   string
	ReachMetres int // MinReach to MaxReach
	Travel      Travel
	Skills      []string // codes

	Membership Membership // empty: Joined
	Consent    Consent    // empty: ConsentNotNeeded
	Birth      Day        // kept sealed; may be empty
	ApprovedBy RoleID     // the coordinator who let the trial begin; may be zero

	Municipality MunicipalityID // which referred the member; may be zero
}

func (n NewMember) filled() NewMember {
	if n.Membership == "" {
		n.Membership = Joined
	}
	if n.Consent == "" {
		n.Consent = ConsentNotNeeded
	}
	return n
}

// AddMemberTx makes the person a member. It returns check.Problems, and ErrNoKey
// when there is a birth date and no key to seal it with.
func (s *Service) AddMemberTx(ctx context.Context, tx pgx.Tx, n NewMember) (MemberID, error) {
	n = n.filled()
	var p check.Problems
	p.Between("reach", n.ReachMetres, MinReach, MaxReach)
	check.OneOf(&p, "travel", n.Travel, Travels()...)
	check.OneOf(&p, "membership", n.Membership, Memberships()...)
	check.OneOf(&p, "consent", n.Consent, ConsentNotNeeded, ConsentNo) // a document comes later
	if err := p.Err(); err != nil {
		return MemberID{}, err
	}
	role, err := s.AddRoleTx(ctx, tx, NewRole{Person: n.Person, Cooperative: n.Cooperative, Kind: RoleMember})
	if err != nil {
		return MemberID{}, err
	}
	from, err := s.beginsTx(ctx, tx, n.Cooperative)
	if err != nil {
		return MemberID{}, err
	}
	member := id.New[Member](s.random)
	if err := insertMember(ctx, tx, member, role, n, from); err != nil {
		return member, err
	}
	if n.Birth != "" {
		if err := s.ConfideTx(ctx, tx, n.Person, id.Cooperative{}, BirthDate, string(n.Birth)); err != nil {
			return member, err
		}
	}
	if n.Membership != OnTrial {
		return member, nil
	}
	return member, s.remindTx(ctx, tx, n.Cooperative, member, from.trialUntil)
}

// Members lists the members of the actor's cooperative by name, all or those in
// one state.
func (s *Service) Members(ctx context.Context, by Actor, in Membership) ([]Member, error) {
	return listMembers(ctx, s.db, by.Cooperative, in)
}
