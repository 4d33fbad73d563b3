package web

import (
	"errors"

	"meent/members"
	"meent/web/live"
)

// liveMine handles GET /live/mine: says when something of the actor's changed,
// or a gig of the cooperative.
func liveMine(r *request) error {
	err := r.web.Hub.Stream(r.Request.Context(), r.Writer, r.actor.Person.String(), streamsOfPerson, r.topics()...)
	if errors.Is(err, live.ErrTooMany) {
		return errTooOften
	}
	return err
}

// topics are what the actor's pages are about.
func (r *request) topics() []live.Topic {
	gigs := live.Gigs(r.actor.Cooperative)
	switch r.actor.Kind {
	case members.RoleMember:
		return []live.Topic{gigs, live.Member(r.actor.Member)}
	case members.RoleClient:
		return []live.Topic{gigs, live.Client(r.actor.Client)}
	default:
		return []live.Topic{gigs, live.Staff(r.actor.Cooperative)}
	}
}
