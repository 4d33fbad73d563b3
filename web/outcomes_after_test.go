package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/jobs"
	"meent/members"
)

// known are the words that a check of the schema lets in: of a state without a
// list in the code, the table of a test holds each of them.
func (h *house) known(check string) (all []string) {
	h.t.Helper()
	var text string
	h.must(h.db.QueryRow(h.t.Context(), `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1`, check).Scan(&text))
	for _, one := range regexp.MustCompile(`'([a-z_]+)'`).FindAllStringSubmatch(text, -1) {
		all = append(all, one[1])
	}
	if len(all) < 2 {
		h.t.Fatalf("%s lets in %q", check, all)
	}
	return all
}

// text is all that some of a page says.
func text(some *goquery.Selection) string {
	return plain(strings.Join(strings.Fields(strings.Join(some.Map(func(_ int, s *goquery.Selection) string { return s.Text() }), " ")), " "))
}

// cardSays is what the only card of a list says of how it stands.
func cardSays(page answer) words {
	said := text(page.Find("main li.card .status"))
	return words{said, said}
}

// bothSides are those between whom work is agreed.
var bothSides = []members.RoleKind{members.RoleClient, members.RoleMember}

// TestEveryStateOfAFavouriteHasWords, for the client who asked and the member.
func TestEveryStateOfAFavouriteHasWords(t *testing.T) {
	h := newHouse(t)
	h.expect(h.signedIn(members.RoleClient).post(h.afterHours()+"/favourite"), http.StatusSeeOther)
	means := map[jobs.FavouriteState]string{jobs.FavouriteAsked: "asked", jobs.FavouriteOn: "on", jobs.FavouriteRefused: "no",
		jobs.FavouriteWithdrawn: "taken back", jobs.FavouriteExpired: "no answer", jobs.FavouriteEnded: "ended"}
	for _, kind := range bothSides {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("favourite as %s in %s", kind, locale), map[words]string{}}
			for _, state := range jobs.FavouriteStates() {
				h.do(`UPDATE jobs.favourite SET state = $1, answered_at = CASE WHEN $1 IN ('on', 'refused', 'ended') THEN $2::timestamptz END,
					ended_at = CASE WHEN $1 IN ('withdrawn', 'expired', 'ended') THEN $2::timestamptz END, ended_side = CASE WHEN $1 IN ('withdrawn', 'ended') THEN 'client' END`, string(state), h.now)
				page := b.get("/favourites")
				o.says(string(state), means[state], page, cardSays(page))
			}
		})
	}
}

// TestEveryStateOfAJobOfferHasWords, for the client who offered, the member, and
// the coordinator; only the member reads that a coach has a say.
func TestEveryStateOfAJobOfferHasWords(t *testing.T) {
	h := newHouse(t)
	h.expect(h.signedIn(members.RoleClient).post(h.afterHours()+"/job", "title", "Glazenwasser", "hours", "24",
		"starts-day", "4", "starts-month", "1", "starts-year", "2027", "words", "Kom bij ons werken."), http.StatusSeeOther)
	means := map[jobs.JobState]string{jobs.JobAsked: "asked", jobs.JobCoachFirst: "coach first", jobs.JobWithCoach: "with coach", jobs.JobTaken: "taken",
		jobs.JobDeclined: "no", jobs.JobWithdrawn: "taken back", jobs.JobExpired: "no answer"}
	for kind, walk := range map[members.RoleKind]string{members.RoleClient: "article .status", members.RoleMember: "article .status", members.RoleCoordinator: "main li.card .status"} {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("job offer as %s in %s", kind, locale), map[words]string{}}
			path := "/jobs"
			if kind != members.RoleCoordinator {
				path = b.get("/jobs").Find(`main a[href^="/jobs/"]`).AttrOr("href", "")
			}
			for _, state := range jobs.JobStates() {
				h.do(`UPDATE jobs.job_offer SET state = $1, member_said = CASE WHEN $1 IN ('with_coach', 'taken') THEN 'yes' END, member_at = CASE WHEN $1 IN ('with_coach', 'taken') THEN $2::timestamptz END,
					closed_at = CASE WHEN $1 IN ('taken', 'declined', 'withdrawn', 'expired') THEN $2::timestamptz END`, string(state), h.now)
				page, meaning := b.get(path), means[state]
				if kind != members.RoleMember && (state == jobs.JobCoachFirst || state == jobs.JobWithCoach) {
					meaning = means[jobs.JobAsked]
				}
				said := text(page.Find(walk))
				o.says(string(state), meaning, page, words{said, said})
			}
		})
	}
}

// TestEveryStateOfADisputeHasWords, for both sides.
func TestEveryStateOfADisputeHasWords(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(48 * time.Hour)
	h.must(h.jobs.ProposeHours(t.Context(), h.actors[members.RoleMember], e, jobs.Hours{Worked: 3 * time.Hour}))
	reach := map[string]func() error{
		string(jobs.DisputeOpen): func() error {
			return h.jobs.DisputeHours(t.Context(), h.actors[members.RoleClient], e, jobs.Disputing{Undisputed: 2 * time.Hour, Reason: "Het was korter."})
		},
		string(jobs.DisputeDecided): func() error {
			return h.jobs.DecideHours(t.Context(), h.actors[members.RoleCoordinator], e, jobs.Deciding{Worked: 150 * time.Minute, Reason: "Zo was het."})
		},
	}
	all := map[string]*outcomes{}
	for _, state := range h.known("dispute_state_known") {
		if reach[state] == nil {
			t.Fatalf("the walk does not come by a dispute that is %s", state)
		}
		h.must(reach[state]())
		for _, kind := range bothSides {
			h.inBoth(kind, func(locale string, b *browser) {
				name := fmt.Sprintf("dispute as %s in %s", kind, locale)
				if all[name] == nil {
					all[name] = &outcomes{h, name, map[words]string{}}
				}
				page := b.get("/engagements/" + e.String())
				heading := page.Find("#engagement h2").Last()
				all[name].says(state, state, page, words{text(heading), text(heading.NextAllFiltered("p").First())})
			})
		}
	}
}

// refusedAfterHours is work after which the client refused its member.
func (h *house) refusedAfterHours() {
	h.t.Helper()
	h.expect(h.signedIn(members.RoleClient).post(h.afterHours()+"/refuse", "code", "contact", "why", "Het klikte niet tussen ons.", "until-day", "1", "until-month", "3", "until-year", "2027"), http.StatusSeeOther)
}

// TestEveryEndOfARefusalHasWords, for the member; the client reads until when it
// holds.
func TestEveryEndOfARefusalHasWords(t *testing.T) {
	h := newHouse(t)
	h.refusedAfterHours()
	means := map[string]string{"holds": "holds", "over": "over", string(members.RefusalTakenBack): "by the client", string(members.RefusalLifted): "by a second look", string(members.RefusalOver): "over"}
	for _, kind := range bothSides {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("refusal as %s in %s", kind, locale), map[words]string{}}
			for _, state := range append([]string{"holds", "over"}, h.known("refusal_ended_known")...) {
				if kind == members.RoleClient && state != "holds" {
					continue // is on no list of theirs any more
				}
				h.do(`UPDATE members.client_refusal SET until = CASE WHEN $1 = 'over' THEN '2026-11-25' ELSE '2027-03-01' END::date,
					ended_at = CASE WHEN $1 NOT IN ('holds', 'over') THEN $2::timestamptz END, ended_how = CASE WHEN $1 NOT IN ('holds', 'over') THEN $1 END`, state, h.now)
				page := b.get("/refusals")
				o.says(state, means[state], page, cardSays(page))
			}
			h.do(`UPDATE members.client_refusal SET until = '2027-03-01', ended_at = NULL, ended_how = NULL`)
		})
	}
}

// TestEveryStateOfASecondLookHasWords, for the member who asked for it.
func TestEveryStateOfASecondLookHasWords(t *testing.T) {
	h := newHouse(t)
	h.refusedAfterHours()
	member, office := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	about := member.get("/refusals").Find(`a[href^="/reviews/about/refusal:"]`).AttrOr("href", "")
	asked := member.post(about, "words", "Ik herken dit niet en wil graag blijven komen.")
	h.expect(asked, http.StatusSeeOther)
	reach := map[string]func(){
		string(members.ReviewAsked): func() {},
		string(members.ReviewTaken): func() { h.expect(office.post(asked.location+"/take"), http.StatusSeeOther) },
		string(members.ReviewAnswered): func() {
			h.expect(office.post(asked.location+"/answer", "outcome", string(members.Upheld), "answer", "We spraken met beiden en dit blijft zo."), http.StatusSeeOther)
		},
	}
	all := map[string]*outcomes{}
	read := func(state string) {
		h.inBothAs(members.RoleMember, member, func(locale string, b *browser) {
			if all[locale] == nil {
				all[locale] = &outcomes{h, "second look in " + locale, map[words]string{}}
			}
			page := b.get(asked.location)
			all[locale].says(state, state, page, words{text(page.Find("main .status").First()), text(page.Find("main .facts").First())})
		})
	}
	for _, state := range h.known("review_state_known") {
		if reach[state] == nil {
			t.Fatalf("the walk does not come by a second look that is %s", state)
		}
		reach[state]()
		if state != string(members.ReviewAnswered) {
			read(state)
		}
	}
	for _, outcome := range members.Outcomes() {
		h.do(`UPDATE members.review SET outcome = $1`, string(outcome))
		read(string(outcome))
	}
}

// TestEveryAnswerToADeniedAbsenceHasWords, for the member who says that they were
// there.
func TestEveryAnswerToADeniedAbsenceHasWords(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	member, office := h.actors[members.RoleMember], h.actors[members.RoleCoordinator]
	w, err := h.jobs.Work(t.Context(), member, e)
	h.must(err)
	h.now = w.Shift.Ends.Add(time.Hour)
	all := map[string]*outcomes{}
	for _, step := range []struct {
		state string
		do    func() error
	}{
		{"said", func() error { return h.jobs.Miss(t.Context(), h.actors[members.RoleClient], e) }},
		{"denied", func() error { return h.jobs.WasThere(t.Context(), member, e) }},
		{"upheld", func() error { return h.jobs.Uphold(t.Context(), office, e, "De lijst klopt.") }},
		{"put right", func() error { return h.jobs.PutRight(t.Context(), office, e) }},
	} {
		h.must(step.do())
		h.inBoth(members.RoleMember, func(locale string, b *browser) {
			if all[locale] == nil {
				all[locale] = &outcomes{h, "denied absence in " + locale, map[words]string{}}
			}
			page := b.get("/engagements/" + e.String())
			all[locale].says(step.state, step.state, page, words{text(page.Find("article .status")), text(page.Find("article .lead, aside .card.coach p"))})
		})
	}
}
