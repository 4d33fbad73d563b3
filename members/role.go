package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// RoleID identifies a role.
type RoleID = id.Of[Role]

// RoleKind is one of the four people.
type RoleKind string

// The four people.
const (
	RoleMember      RoleKind = "member"
	RoleClient      RoleKind = "client"
	RoleCoach       RoleKind = "coach"
	RoleCoordinator RoleKind = "coordinator"
)

// RoleKinds lists the four people in the order of DESIGN.
func RoleKinds() []RoleKind {
	return []RoleKind{RoleMember, RoleClient, RoleCoach, RoleCoordinator}
}

// Role is what a person is in one cooperative; a person may hold several.
type Role struct {
	ID              RoleID
	Kind            RoleKind
	Cooperative     id.Cooperative
	CooperativeName string
	ClientName      string // for whom a client's contact acts
}

// NewRole gives a person a role. Client and Duty are set for RoleClient only;
// without a duty the first contact becomes the manager.
type NewRole struct {
	Person      PersonID
	Cooperative id.Cooperative
	Kind        RoleKind
	Client      ClientID
	Duty        Duty
}

// AddRoleTx gives the role; a role that the person has already is kept, and one
// that had ended begins again.
func (s *Service) AddRoleTx(ctx context.Context, tx pgx.Tx, n NewRole) (RoleID, error) {
	return ensureRole(ctx, tx, id.New[Role](s.random), n, s.now())
}

// Roles lists what a person is, in a fixed order. What has ended is not among
// them.
func (s *Service) Roles(ctx context.Context, person PersonID) ([]Role, error) {
	return listRoles(ctx, s.db, person)
}
