package matching_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
)

func (h *house) exec(query string, args ...any) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), query, args...)
	h.must(err)
}

// demanding posts a gig that asks much, on a shift three days from now.
func (h *house) demanding(change func(*jobs.NewGig)) (jobs.GigID, jobs.ShiftID) {
	h.t.Helper()
	return h.seek(func(n *jobs.NewGig) {
		n.Asks = h.now.Add(1000 * time.Hour)
		change(n)
	})
}

// TestDemandsAreRules: each of them is read from the database, and each holds when
// the member asks.
func TestDemandsAreRules(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	gig, shift := h.demanding(func(n *jobs.NewGig) {
		n.Skills = []string{"mopping"}
		n.Needs = jobs.Asks{Certificate: true, Step: coaching.SoloStep,
			Skills: []jobs.AskedSkill{{Skill: members.Skill{Code: "weeding"}, Need: jobs.Required, Level: members.CanWell}}}
	})
	h.exec(`INSERT INTO coaching.work_step (id, cooperative_id, member_id, step, by_role_id, at) VALUES
		(gen_random_uuid(), $1, $2, 'solo', $3, $4), (gen_random_uuid(), $1, $2, 'workshop', $3, $5)`,
		anna.Cooperative, anna.Member, h.coordinator().Role, h.now.Add(-2*time.Hour), h.now.Add(-time.Hour))
	chances, err := h.Chances(t.Context(), anna, gig)
	if want := []matching.Rule{matching.SkillRule, matching.CertificateRule, matching.StepRule}; err != nil || !slices.Equal(chances[0].Broken, want) {
		t.Errorf("broken are %+v, %v", chances, err)
	}
	h.exec(`UPDATE members.member_skill SET level = 'well' WHERE member_id = $1`, anna.Member)
	h.must(h.people.Answer(t.Context(), anna, members.CertificateNot))
	h.exec(`UPDATE coaching.work_step SET step = 'accompanied' WHERE step = 'workshop'`)
	h.must(h.people.Answer(t.Context(), anna, members.CertificateInHand))
	h.breaks(anna, shift, matching.StepRule)
	h.exec(`UPDATE coaching.work_step SET step = 'job' WHERE step = 'accompanied'`)
	h.ask(anna, shift)
}

// TestUnlawfulSeatIsWithdrawn: whoever runs the gig hears what of the gig is wrong,
// and of a member only that they cannot come.
func TestUnlawfulSeatIsWithdrawn(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	_, shift := h.quiet(72*time.Hour, 3)
	first, second := h.ask(anna, shift), h.ask(bea, shift)
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.people.ConfideTx(t.Context(), tx, bea.Person, id.Cooperative{}, members.BirthDate, "2010-01-01")
	}))
	if err := h.Grant(t.Context(), h.client, second); !errors.Is(err, matching.ErrCannotCome) || errors.Is(err, jobs.ErrUnlawful) {
		t.Errorf("of a minor the client hears %v", err)
	}
	h.exec(`UPDATE payments.legal_figure SET cents = 9999`)
	var below *jobs.BelowFloor
	if err := h.Grant(t.Context(), h.client, first); !errors.As(err, &below) {
		t.Errorf("below the floor the client hears %v", err)
	}
	if a, b := h.state(anna), h.state(bea); a != matching.Withdrawn || b != matching.Withdrawn {
		t.Errorf("the asks are %s and %s", a, b)
	}
}

// TestYesBelowTheFloorIsWithdrawn, and the wave goes on.
func TestYesBelowTheFloorIsWithdrawn(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "window-cleaning")
	h.post(72*time.Hour, 1)
	h.run()
	list := h.offers(anna)
	if len(list) != 1 {
		t.Fatalf("%d offers", len(list))
	}
	h.must(h.Accept(t.Context(), anna, list[0].ID))
	h.exec(`UPDATE payments.legal_figure SET cents = 9999`)
	h.now = list[0].Until
	h.run()
	if state := h.state(anna); state != matching.Withdrawn {
		t.Errorf("the offer is %s", state)
	}
}
