package web_test

import (
	"net/http"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// second is another member of Waalkracht with the same coach.
func (h *house) second(name string) members.Actor {
	h.t.Helper()
	one := h.actors[members.RoleMember]
	var who members.PersonID
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		who, err = h.members.EnsurePersonTx(h.t.Context(), tx, members.NewPerson{Name: "Mens " + name, Email: name + ".waal@meent.example", Locale: members.Dutch})
		if err == nil {
			_, err = h.members.AddMemberTx(h.t.Context(), tx, members.NewMember{Person: who, Cooperative: one.Cooperative, PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
		}
		return err
	}))
	actor, err := h.members.Actor(h.t.Context(), who, members.RoleID{})
	h.must(err)
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		return h.coaching.AssignTx(h.t.Context(), tx, one.Cooperative, actor.Member, h.actors[members.RoleCoach].Role)
	}))
	return actor
}

// TestBuddy: proposed by the coach, both say yes, messages go both ways, and the
// agenda only by the member's key.
func TestBuddy(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	bea := h.second("bea")
	who := h.actors[members.RoleMember].Member.String()
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	helper := h.signedInAs("bea.waal@meent.example")
	h.says(member.get("/buddy"), "Je hebt nu geen buddy.")
	h.says(helper.get("/buddies"), "Je bent nog niemands buddy.")
	h.expect(coach.post("/caseload/"+who+"/buddy"), http.StatusUnprocessableEntity)
	h.expect(coach.post("/caseload/"+who+"/buddy", "buddy", h.far[members.RoleMember].Member.String()), http.StatusNotFound)
	h.says(coach.get("/caseload/"+who+"/buddy"), "Mens bea")
	h.expect(coach.post("/caseload/"+who+"/buddy", "buddy", bea.Member.String()), http.StatusSeeOther)
	h.says(member.get("/buddy"), "Je hebt nu geen buddy.")
	h.saysNothingOf(member.get("/buddy"), "bea")
	h.saysNothingOf(helper.get("/buddies/"+who), "Mens member")
	h.says(helper.get("/buddies"), "Een coach vraagt: wil je buddy zijn van een lid?")
	if got := helper.post("/buddies/"+who, "do", "yes"); got.location != "/buddies" {
		t.Errorf("after the yes to somebody: %d %s", got.status, got.location)
	}
	h.expect(helper.get("/buddies/"+who), http.StatusNotFound)
	h.says(member.get("/buddy"), "Je coach stelt Mens bea voor als je buddy.")
	h.expect(member.post("/buddy", "do", "yes"), http.StatusSeeOther)
	h.says(helper.get("/buddies/"+who), "Mens member deelt de agenda niet met jou.")
	h.expect(member.post("/buddy", "do", "agenda"), http.StatusSeeOther)
	h.says(member.get("/buddy"), "Mens bea mag je agenda zien, tot en met 24 mei 2027.")
	h.says(helper.get("/buddies/"+who), "Gaat werken: 3 uur.Ramen lappen waal")
	h.says(member.get("/sharing"), "Mens bea keek naar je agenda.")
	h.expect(member.post("/buddy", "do", "write", "text", ""), http.StatusUnprocessableEntity)
	h.expect(member.post("/buddy", "do", "write", "text", "Ga je mee op de fiets?"), http.StatusSeeOther)
	h.says(helper.get("/buddies/"+who), "Ga je mee op de fiets?")
	if !h.mailed("Er is nieuws van een lid.") || h.mailed("Ga je mee op de fiets?") {
		t.Error("the mail is missing, or tells what was written")
	}
	h.expect(helper.post("/buddies/"+who, "do", "dance"), http.StatusBadRequest)
	stop := member.get("/buddy").Find(`form[action$="/stop"]`).AttrOr("action", "")
	h.expect(member.post(stop), http.StatusSeeOther)
	h.saysNothingOf(helper.get("/buddies/"+who), "Gaat werken")
	h.expect(member.post("/buddy", "do", "end"), http.StatusSeeOther)
	h.expect(helper.get("/buddies/"+who), http.StatusNotFound)
	h.says(member.get("/buddy"), "Je hebt nu geen buddy.")
}

// TestAskForABuddy looks the same for whom nobody knows.
func TestAskForABuddy(t *testing.T) {
	h := newHouse(t)
	h.second("bea")
	member := h.signedIn(members.RoleMember)
	h.expect(member.post("/buddy", "do", "ask", "email", ""), http.StatusUnprocessableEntity)
	for _, email := range []string{"nobody@meent.example", "bea.waal@meent.example"} {
		h.expect(member.post("/buddy", "do", "ask", "email", email), http.StatusSeeOther)
		h.says(member.get("/buddy"), "Is dit adres van een lid?", "Je hebt nu geen buddy.")
	}
	h.says(h.signedInAs("bea.waal@meent.example").get("/buddies"), "Mens member vraagt jou als buddy.")
}
