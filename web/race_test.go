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
// taken, each of them reads that it is not about them, and nothing breaks.
func TestOneSeatManyYeses(t *testing.T) {
	const many = 20
	h := newHouse(t)
	client := h.signedIn(members.RoleClient)
	_, ask := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	shift, err := id.Parse[jobs.Shift](strings.Split(ask, "/")[4])
	h.must(err)
	var paths, offers []string
	for _, who := range h.takers(many) {
		offer, _, err := h.matching.Ask(context.WithoutCancel(t.Context()), who, shift)
		h.must(err)
		offers = append(offers, "/offers/"+offer.String())
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
		default:
			text := plain(a.Find("main").Text()) // the seat went first, or the answer to this question with it
			if a.status != http.StatusConflict || !strings.Contains(text, "Alle plekken zijn al bezet. Wij laten het aan het lid weten.") && !strings.Contains(text, "Hier is al een antwoord op, of de tijd is om. Er is niets veranderd.") {
				t.Errorf("a loser got %d: %s", a.status, text)
			}
		}
	}
	h.run()
	for i, a := range got {
		page := h.signedInAs(fmt.Sprintf("taker%d@meent.example", i)).get(offers[i])
		if a.status == http.StatusSeeOther {
			h.says(page, "Afgesproken. Dit werk is van jou.")
		} else {
			h.says(page, "Er is geen plek meer bij deze klus. Dat ligt niet aan jou.")
		}
	}
	var seats int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.engagement WHERE shift_id = $1 AND state = 'confirmed'`, shift).Scan(&seats))
	if won != 1 || seats != 1 {
		t.Errorf("%d won, %d seats are given", won, seats)
	}
}
