package main

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// tellCoach lets the first member, and the first of the first coach's, ask and
// report something: answered, taken, and waiting too long.
func (h *testHouse) tellCoach(t *testing.T) {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	coaches := coaching.New(h.db, queue, people, h.now, nil)
	member, coach, office := h.actor(t, members.RoleMember), h.actor(t, members.RoleCoach), h.actor(t, members.RoleCoordinator)
	list := caseloadByName(t, coaches, coach)
	other := member
	other.Member = list[0].Member
	works, err := h.jobs().Works(t.Context(), member)
	if err != nil || len(works) == 0 {
		t.Fatalf("%d works, %v", len(works), err)
	}
	for _, who := range []members.Actor{member, other} {
		for _, text := range []string{"Mag ik een uur later beginnen? Mijn bus rijdt niet.", "Wat moet ik meenemen?"} {
			question, err := coaches.Ask(t.Context(), who, coaching.NewQuestion{Text: text, Page: "/gigs"})
			late := coaching.New(h.db, queue, people, func() time.Time { return h.now().Add(96 * time.Hour) }, nil)
			if err == nil {
				err = pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
					return late.SilentTx(t.Context(), tx, coaching.QuestionSilent{Question: question, Cooperative: who.Cooperative})
				})
			}
			if err == nil && text[0] == 'W' {
				err = late.Answer(t.Context(), office, question, "Alleen stevige schoenen.\nDe rest ligt klaar.")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for i, text := range []string{"De ladder is stuk en er is geen andere.", "Er staat een machine zonder kap."} {
			report, err := coaches.Report(t.Context(), who, coaching.NewReport{Ref: works[0].ID.String(), Kind: coaching.UnsafeTools, Text: text})
			if err == nil && i == 1 {
				err = coaches.Take(t.Context(), office, report)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var elsewhere members.ClientID // not the first: the member asks for work there
	const query = `SELECT id FROM members.client WHERE cooperative_id = $1 AND id <> $2 ORDER BY name, id LIMIT 1`
	if err := h.db.QueryRow(t.Context(), query, member.Cooperative, h.actor(t, members.RoleClient).Client).Scan(&elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := people.Block(t.Context(), member, elsewhere, "Daar wordt geschreeuwd."); err != nil {
		t.Fatal(err)
	}
}
