package web_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// newMembers are so many who clean windows, and live in Nijmegen.
func (h *house) newMembers(n int) []members.Actor { return h.newMembersFrom(0, n) }

func (h *house) newMembersFrom(first, n int) (list []members.Actor) {
	h.t.Helper()
	c := h.actors[members.RoleMember].Cooperative
	for i := first; i < first+n; i++ {
		var who members.Actor
		h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
			if who.Person, err = h.members.EnsurePersonTx(h.t.Context(), tx, members.NewPerson{Name: fmt.Sprint("Erbij ", i), Email: fmt.Sprintf("erbij%d@meent.example", i), Locale: members.Dutch}); err != nil {
				return err
			}
			_, err = h.members.AddMemberTx(h.t.Context(), tx, members.NewMember{Person: who.Person, Cooperative: c, PlaceCode: "nijmegen", ReachMetres: 25_000,
				Travel: members.Bike, Skills: []string{"window-cleaning"}})
			return err
		}))
		who, err := h.members.Actor(h.t.Context(), who.Person, members.RoleID{})
		h.must(err)
		list = append(list, who)
	}
	return list
}

// TestGigThatTooFewCanDo: the office reads which rules stop how many, the client the one
// change; of four people neither reads a number, and nobody else reads anything.
func TestGigThatTooFewCanDo(t *testing.T) {
	h := newHouse(t)
	people := h.newMembers(4)
	page, _ := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	_, err := h.db.Exec(t.Context(), `UPDATE members.member SET reach_m = 3000`)
	h.must(err)
	_, err = h.db.Exec(t.Context(), `UPDATE members.member SET state = 'alumni', alumni_at = now() WHERE id = $1`, h.actors[members.RoleMember].Member)
	h.must(err)
	client, office := h.signedIn(members.RoleClient), h.signedIn(members.RoleCoordinator)
	reads := func(b *browser) string {
		return strings.Join(strings.Fields(b.get(page).Find(`[aria-labelledby="shortage"]`).Text()), " ")
	}
	if got := reads(client); got != "" {
		t.Errorf("of four the client reads %q", got)
	}
	for _, want := range []string{"plek vrij. Geen enkel lid kan het nu doen.", "Het werk is niet verder dan het lid wil reizen. minder dan vijf", "Afspraken met een coach staan hier nooit bij."} {
		if got := strings.ReplaceAll(reads(office), "reizen.minder", "reizen. minder"); !strings.Contains(got, want) || strings.Contains(got, "minstens") {
			t.Errorf("of four the office does not read %q: %q", want, got)
		}
	}
	people = append(people, h.newMembersFrom(4, 3)...)
	_, err = h.db.Exec(t.Context(), `UPDATE members.member SET reach_m = 3000`)
	h.must(err)
	for _, who := range people { // one thing more that only the office reads, for none of these it is the only one
		h.must(h.members.Answer(t.Context(), who, members.Load{Physical: 5, Sensory: 5, Mental: 5}))
	}
	if got := reads(client); !strings.Contains(got, "Kan het dichter bij hun huis, of thuis? Dan kunnen minstens 5 mensen wel.") {
		t.Errorf("of seven the client reads %q", got)
	}
	if got := reads(office); !strings.Contains(got, "Dan kunnen minstens 5 mensen wel.") || !regexp.MustCompile(`reizen\.\s*7`).MatchString(got) {
		t.Errorf("of seven the office reads %q", got)
	}
	if got := reads(client); regexp.MustCompile(`(?i)\b7\b|leden|regel|gezondheid|geld|coach|lichaam|vrije plek`).MatchString(got) {
		t.Errorf("the client reads too much: %q", got)
	}
	for _, who := range []members.RoleKind{members.RoleCoach} {
		if got := reads(h.signedIn(who)); got != "" {
			t.Errorf("a %s reads %q", who, got)
		}
	}
}

// TestHealthIsNoChange: work that is too heavy for all: the client reads nothing of it.
func TestHealthIsNoChange(t *testing.T) {
	h := newHouse(t)
	page, _ := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	gig := strings.TrimPrefix(page, "/gigs/")
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.gig SET physical = 5, sensory = 1, mental = 1 WHERE id = $1`, gig)
	h.must(err)
	for _, who := range append(h.newMembers(6), h.actors[members.RoleMember]) {
		h.must(h.members.Answer(t.Context(), who, members.Load{Physical: 1, Sensory: 5, Mental: 5}))
	}
	if got := h.signedIn(members.RoleClient).get(page); got.Find("#shortage").Length() != 0 || strings.Contains(got.Find("main").Text(), "te zwaar") {
		t.Errorf("the client reads %s", got.Find("main").Text())
	}
	if got := h.signedIn(members.RoleCoordinator).get(page).Find(`[aria-labelledby="shortage"]`).Text(); !regexp.MustCompile(`te zwaar voor het lichaam\.\s*7`).MatchString(got) || strings.Contains(got, "minstens") {
		t.Errorf("the office reads %s", got)
	}
}
