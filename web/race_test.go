package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// takers are more members who can do the work.
func (h *house) takers(n int) (list []members.Actor) {
	h.t.Helper()
	c := h.actors[members.RoleClient].Cooperative
	for i := range n {
		var who members.PersonID
		h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
			name := fmt.Sprintf("taker%d", i)
			if who, err = h.members.EnsurePersonTx(h.t.Context(), tx, members.NewPerson{Name: name, Email: name + "@meent.example", Locale: members.Dutch}); err != nil {
				return err
			}
			_, err = h.members.AddMemberTx(h.t.Context(), tx, members.NewMember{Person: who, Cooperative: c, PlaceCode: "nijmegen", ReachMetres: 25_000, Travel: members.Bike, Skills: []string{"window-cleaning"}})
			return err
		}))
		actor, err := h.members.Actor(h.t.Context(), who, members.RoleID{})
		h.must(err)
		list = append(list, actor)
	}
	return list
}

// TestOneSeatManyYeses: the client says yes to everybody who asked for the one
// seat, all at once. One has it; for the others the page says kindly that it is
// taken, and nothing breaks.
func TestOneSeatManyYeses(t *testing.T) {
	const many = 20
	h := newHouse(t)
	client := h.signedIn(members.RoleClient)
	_, ask := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	shift, err := id.Parse[jobs.Shift](strings.Split(ask, "/")[4])
	h.must(err)
	var paths []string
	for _, who := range h.takers(many) {
		offer, _, err := h.matching.Ask(context.WithoutCancel(t.Context()), who, shift)
		h.must(err)
		paths = append(paths, "/asks/"+offer.String()+"/yes")
	}
	var all sync.WaitGroup
	got := make([]answer, many)
	for i, path := range paths {
		all.Go(func() { got[i] = client.post(path) })
	}
	all.Wait()
	won := 0
	for _, a := range got {
		switch {
		case a.status == http.StatusSeeOther:
			won++
		case a.status != http.StatusConflict || a.Find("h1").Length() != 1:
			t.Errorf("a loser got %d:\n%s", a.status, a.Find("main").Text())
		}
	}
	var seats int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.engagement WHERE shift_id = $1 AND state = 'confirmed'`, shift).Scan(&seats))
	if won != 1 || seats != 1 {
		t.Errorf("%d won, %d seats are given", won, seats)
	}
}
