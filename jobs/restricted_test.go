package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

const reason = "Er zijn drie klachten over de veiligheid op deze plek."

// TestWhoIsNotApprovedPostsNothing, nor does a coordinator in their name.
func TestWhoIsNotApprovedPostsNothing(t *testing.T) {
	h := newHouse(t)
	ask := members.AskClient{Place: "arnhem", Contact: newPerson("zoe")}
	ask.NewClient = members.NewClient{Cooperative: h.coordinator.Cooperative, Name: "De Es", Kind: members.Organisation, Address: "Es 1"}
	if err := h.people.AskClient(h.ctx(), ask); err != nil {
		t.Fatal(err)
	}
	var zoe members.Actor
	h.tx(func(tx pgx.Tx) (err error) {
		zoe.Person, err = h.people.EnsurePersonTx(h.ctx(), tx, newPerson("zoe"))
		return err
	})
	zoe = h.actor(zoe.Person)
	n := h.gig()
	n.Client = zoe.Client
	refused := func(when string) {
		t.Helper()
		for _, by := range []members.Actor{zoe, h.coordinator} {
			_, err := h.Post(h.ctx(), by, n)
			if checked := h.Check(h.ctx(), by, n); !errors.Is(err, members.ErrNotApproved) || !errors.Is(checked, members.ErrNotApproved) {
				t.Errorf("%s, as %s: %v, %v", when, by.Kind, err, checked)
			}
		}
	}
	refused("while it waits")
	if err := h.people.RefuseClient(h.ctx(), h.coordinator, zoe.Client, reason); err != nil {
		t.Fatal(err)
	}
	refused("once it is refused")
}

// TestRestrictedContactFinishesWhatWasAgreed and begins nothing.
func TestRestrictedContactFinishesWhatWasAgreed(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	found, err := h.Gig(h.ctx(), h.client, gig)
	if err != nil {
		t.Fatal(err)
	}
	var engagement jobs.EngagementID
	h.tx(func(tx pgx.Tx) (err error) {
		engagement, err = h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, found.Shifts[0].ID, h.member.Member)
		return err
	})
	for _, who := range []members.Actor{h.client, h.member} {
		if err := h.people.Restrict(h.ctx(), h.coordinator, who.Person, reason); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Post(h.ctx(), h.client, h.gig()); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("a restricted contact posts: %v", err)
	}
	h.now = found.Shifts[0].Ends.Add(time.Hour)
	if err := errors.Join(
		h.ProposeHours(h.ctx(), h.member, engagement, jobs.Hours{Worked: 3 * time.Hour}),
		h.AgreeHours(h.ctx(), h.client, engagement),
	); err != nil {
		t.Errorf("what was agreed does not go on: %v", err)
	}
	w, err := h.Work(h.ctx(), h.member, engagement)
	if err != nil || w.State != jobs.Billed {
		t.Errorf("the work is %s, %v", w.State, err)
	}
}
