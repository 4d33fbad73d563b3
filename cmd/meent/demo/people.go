package demo

import (
	"context"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"meent/internal/id"
	"meent/members"
)

// plan is one cooperative of the demo: where it is, and how many people it has.
type plan struct {
	name    string
	centre  string  // a place code
	reach   float64 // how far from it the clients are, in kilometres
	members int
	clients int
}

// homesWithin is how far from the centre members live, in kilometres.
const homesWithin = 22

func plans() []plan {
	return []plan{
		{"Waalkracht", "nijmegen", 30, 35, 8},
		{"Weidewerk", "groningen", 60, 25, 7},
	}
}

// poster is a client's contact, who can post gigs.
type poster struct {
	actor        members.Actor
	organisation row
	place        members.Point
}

func (h *house) cooperativeTx(ctx context.Context, tx pgx.Tx, plan plan) ([]poster, error) {
	founder := h.newPerson()
	c, err := h.members.FoundTx(ctx, tx, members.NewCooperative{Name: plan.name, Coordinator: founder})
	if err != nil {
		return nil, err
	}
	if _, err := h.staffTx(ctx, tx, c.ID, members.RoleCoordinator, 1); err != nil {
		return nil, err
	}
	coaches, err := h.staffTx(ctx, tx, c.ID, members.RoleCoach, Coaches/2)
	if err != nil {
		return nil, err
	}
	if err := h.membersTx(ctx, tx, c.ID, plan, coaches); err != nil {
		return nil, err
	}
	return h.clientsTx(ctx, tx, c.ID, plan)
}

func (h *house) staffTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind members.RoleKind, n int) ([]members.RoleID, error) {
	var roles []members.RoleID
	for range n {
		person, err := h.members.EnsurePersonTx(ctx, tx, h.newPerson())
		if err != nil {
			return nil, err
		}
		role, err := h.members.AddRoleTx(ctx, tx, members.NewRole{Person: person, Cooperative: c, Kind: kind})
		if err != nil {
			return nil, err
		}
		roles = append(roles, role)
	}
	return roles, nil
}

func (h *house) membersTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, plan plan, coaches []members.RoleID) error {
	homes, err := placesNear(plan.centre, homesWithin)
	if err != nil {
		return err
	}
	skills, err := members.Skills()
	if err != nil {
		return err
	}
	for i := range plan.members {
		member, err := h.memberTx(ctx, tx, c, pick(h.random, homes), skills)
		if err != nil {
			return err
		}
		coach := coaches[i%len(coaches)]
		if err := h.coaching.AssignTx(ctx, tx, c, member, coach); err != nil {
			return err
		}
		if err := h.grantsTx(ctx, tx, members.Actor{Kind: members.RoleMember, Cooperative: c, Member: member}, coach, i); err != nil {
			return err
		}
	}
	return nil
}

func (h *house) memberTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, home members.Place, skills []members.Skill) (members.MemberID, error) {
	h.lastMember = h.newPerson()
	person, err := h.members.EnsurePersonTx(ctx, tx, h.lastMember)
	if err != nil {
		return members.MemberID{}, err
	}
	var codes []string
	for _, skill := range some(h.random, skills, 3+h.random.IntN(8)) {
		codes = append(codes, skill.Code)
	}
	travel := pick(h.random, members.Travels())
	w := worker{cooperative: c, home: members.Point{Lat: home.Lat, Lon: home.Lon}, reach: 1000 * pick(h.random, reaches(travel)), skills: codes}
	w.member, err = h.members.AddMemberTx(ctx, tx, members.NewMember{
		Person: person, Cooperative: c, PlaceCode: home.Code, ReachMetres: w.reach, Travel: travel, Skills: codes,
	})
	h.workers = append(h.workers, w)
	return w.member, err
}

// reaches are kilometres that people go in this way.
func reaches(t members.Travel) []int {
	switch t {
	case members.Walk:
		return []int{2, 3}
	case members.Bike:
		return []int{5, 8, 10, 15}
	default:
		return []int{15, 20, 30}
	}
}

// newPerson draws a name that nobody has, and an address that fits it.
func (h *house) newPerson() members.NewPerson {
	for {
		first, last := pick(h.random, h.data.firstNames), pick(h.random, h.data.lastNames)
		name := strings.Join(strings.Fields(first["name"]+" "+last["prefix"]+" "+last["name"]), " ")
		address := mailName(name) + "@meent.example"
		if !h.names[address] {
			h.names[address] = true
			return members.NewPerson{Name: name, Email: address, Locale: members.Dutch}
		}
	}
}

// mailName is the name in small plain letters with dots: zoë de wit, zoe.de.wit.
func mailName(name string) string {
	plain := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)))
	name, _, _ = transform.String(plain, strings.ToLower(name))
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return !('a' <= r && r <= 'z')
	}), ".")
}
