package demo

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// clientsTx registers the organisations of the plan's area, each with one
// contact who can post.
func (h *house) clientsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, plan plan) ([]poster, error) {
	near, err := h.organisationsNear(plan)
	if err != nil {
		return nil, err
	}
	var posters []poster
	for _, organisation := range some(h.random, near, plan.clients) {
		p, err := h.clientTx(ctx, tx, c, organisation)
		if err != nil {
			return nil, err
		}
		posters = append(posters, p)
	}
	return posters, nil
}

func (h *house) clientTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, organisation row) (poster, error) {
	client, err := h.members.AddClientTx(ctx, tx, members.NewClient{
		Cooperative: c, Name: organisation["name"], Kind: members.ClientKind(organisation["kind"]),
		PlaceCode: organisation["place"], Address: organisation["address"],
	})
	if err != nil {
		return poster{}, err
	}
	person, err := h.members.EnsurePersonTx(ctx, tx, h.contact(organisation))
	if err != nil {
		return poster{}, err
	}
	role, err := h.members.AddRoleTx(ctx, tx, members.NewRole{Person: person, Cooperative: c, Kind: members.RoleClient, Client: client})
	actor := members.Actor{Person: person, Role: role, Kind: members.RoleClient, Cooperative: c, Client: client}
	if err != nil {
		return poster{}, err
	}
	place, err := pointOf(organisation["place"])
	return poster{actor: actor, organisation: organisation, place: place}, err
}

// contact is who posts for a client; for a household it is a member,
// so that somebody in the demo has two roles.
func (h *house) contact(organisation row) members.NewPerson {
	if organisation["kind"] == string(members.Household) {
		return h.lastMember
	}
	return h.newPerson()
}

func (h *house) organisationsNear(plan plan) ([]row, error) {
	places, err := placesNear(plan.centre, plan.reach)
	var near []row
	for _, organisation := range h.data.organisations {
		if _, ok := find(places, organisation["place"]); ok {
			near = append(near, organisation)
		}
	}
	return near, err
}
