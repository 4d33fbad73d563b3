package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
)

const (
	marker  = "marker: wat er stond, van twintig tekens"
	goneNL  = "Deze tekst is verwijderd."
	noKeyNL = "Meent mist hier de sleutel"
)

// saysAll lets people write all that is sealed about the member. It gives the
// pages that show it, by who reads them.
func (h *house) saysAll() map[members.RoleKind][]string {
	h.t.Helper()
	ctx := h.t.Context()
	member, office, client := h.actors[members.RoleMember], h.actors[members.RoleCoordinator], h.actors[members.RoleClient]
	asked := h.asked(h.signedIn(members.RoleMember))
	offer, err := id.Parse[matching.Offer](asked)
	h.must(err)
	h.must(h.matching.Refuse(ctx, office, offer, matching.Refusal{Why: matching.GigChanged, Text: marker}))
	work := h.engaged()
	h.now = h.now.Add(48 * time.Hour) // the work is over
	h.must(h.jobs.ProposeHours(ctx, member, work, jobs.Hours{Worked: 3 * time.Hour}))
	h.must(h.jobs.ProposeHours(ctx, client, work, jobs.Hours{Worked: 2 * time.Hour, Reason: marker}))
	h.asksAndReports(work)
	h.must(h.members.Block(ctx, member, client.Client, marker))
	h.deed(members.Deed{By: office, For: member.Person, What: "factors_reset", Why: marker})
	h.must(h.members.Restrict(ctx, office, member.Person, marker))
	about, err := h.members.Restrictable(ctx, office, member.Person)
	h.must(err)
	decision := members.Decision{Restriction: about.Now().ID}
	review, err := h.members.AskReview(ctx, member, decision, marker)
	h.must(err)
	engagement, restriction := "/engagements/"+work.String(), decision.Restriction.String()
	return map[members.RoleKind][]string{
		members.RoleMember: {"/coach/ask", "/home", engagement, engagement + "/unsafe", "/offers/" + asked, "/clients/" + client.Client.String() + "/block",
			"/account/deeds", "/account/sessions", "/restriction/" + restriction, "/reviews/" + review.String()},
		members.RoleCoach:       {"/questions", "/reports"},
		members.RoleClient:      {engagement},
		members.RoleCoordinator: {"/reports", "/deeds", "/restrictions/" + member.Person.String(), "/reviews/" + review.String()},
	}
}

// asksAndReports lets the member ask twice and report twice; one of each gets an
// answer.
func (h *house) asksAndReports(work jobs.EngagementID) {
	h.t.Helper()
	ctx, member, coach := h.t.Context(), h.actors[members.RoleMember], h.actors[members.RoleCoach]
	var questions [2]coaching.QuestionID
	var reports [2]coaching.ReportID
	for i := range 2 {
		var err error
		questions[i], err = h.coaching.Ask(ctx, member, coaching.NewQuestion{Text: marker})
		h.must(err)
		reports[i], err = h.coaching.Report(ctx, member, coaching.NewReport{Ref: work.String(), Kind: coaching.UnsafePlace, Text: marker})
		h.must(err)
	}
	h.must(h.coaching.Answer(ctx, coach, questions[0], marker))
	h.must(h.coaching.Take(ctx, coach, reports[0]))
	h.must(h.coaching.Close(ctx, coach, reports[0], marker))
}

// everyPage looks at the pages of each reader.
func (h *house) everyPage(pages map[members.RoleKind][]string, look func(path string, got answer)) {
	h.t.Helper()
	for kind, paths := range pages {
		b := h.signedIn(kind)
		for _, path := range paths {
			look(string(kind)+" "+path, b.get(path))
		}
	}
}

// TestPagesSayWhatIsGone kindly, once the key of the person is destroyed; and
// while the program lacks its own, that it does.
func TestPagesSayWhatIsGone(t *testing.T) {
	h := newHouse(t)
	pages, who := h.saysAll(), h.actors[members.RoleMember].Person
	h.everyPage(pages, func(page string, got answer) {
		if got.status != http.StatusOK || !got.contains(marker) || got.contains(goneNL) {
			t.Errorf("%s: %d does not say what was written", page, got.status)
		}
	})
	var keyID string
	h.must(h.db.QueryRow(t.Context(), `UPDATE members.person_key n SET key_id = '0000000000000000' FROM members.person_key o
		WHERE n.person_id = $1 AND o.person_id = $1 RETURNING o.key_id`, who).Scan(&keyID))
	h.everyPage(pages, func(page string, got answer) {
		if got.status != http.StatusServiceUnavailable || !got.contains(noKeyNL) || got.contains(marker) {
			t.Errorf("%s without the key of the program: %d", page, got.status)
		}
	})
	_, err := h.db.Exec(t.Context(), `UPDATE members.person_key SET key_id = $2 WHERE person_id = $1`, who, keyID)
	h.must(err)
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.members.DestroyKeyTx(t.Context(), tx, who) }))
	h.everyPage(pages, func(page string, got answer) {
		if got.status != http.StatusOK || !got.contains(goneNL) || got.contains(marker) {
			t.Errorf("%s without the key of the person: %d", page, got.status)
		}
	})
	if strings.Contains(h.log.String(), "marker") {
		t.Error("the log holds it")
	}
}

// TestRefusedClientReadsThatTheReasonIsGone.
func TestRefusedClientReadsThatTheReasonIsGone(t *testing.T) {
	h := newHouse(t)
	h.registers(h.browser(), "zoe@eik.example")
	zoe, office := h.enters("zoe@eik.example"), h.signedIn(members.RoleCoordinator)
	page := office.clientLink("De Eik")
	office.post(page+"/refuse", "why", marker)
	h.shows(office.get(page), http.StatusOK, marker)
	home := zoe.get("/home")
	h.shows(home, http.StatusOK, marker)
	about := home.Find(`main a[href^="/reviews/about/"]`).AttrOr("href", "")
	var who members.PersonID
	h.must(h.db.QueryRow(t.Context(), `SELECT id FROM members.person WHERE email = 'zoe@eik.example'`).Scan(&who))
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.members.DestroyKeyTx(t.Context(), tx, who) }))
	h.shows(office.get(page), http.StatusOK, goneNL)
	h.shows(zoe.get("/home"), http.StatusOK, goneNL)
	h.shows(zoe.get(about), http.StatusOK, goneNL)
}
