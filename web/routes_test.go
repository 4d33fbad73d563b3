package web_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"meent/members"
)

// who may get what: V a visitor, N a person without role, M member, C client,
// O coach, K coordinator. What a letter does not name is refused.
func permissions() map[string]string {
	return map[string]string{
		"GET /":                                                "VNMCOK",
		"GET /first":                                           "VNMCOK",
		"POST /first":                                          "VNMCOK",
		"GET /home":                                            "NMCOK",
		"GET /signin":                                          "VNMCOK",
		"POST /signin":                                         "VNMCOK",
		"GET /signin/sent":                                     "VNMCOK",
		"POST /signin/code":                                    "VNMCOK",
		"GET /signin/link/:secret":                             "VNMCOK",
		"POST /signin/link/:secret":                            "VNMCOK",
		"POST /signout":                                        "NMCOK",
		"POST /signout/everywhere":                             "NMCOK",
		"GET /account":                                         "NMCOK",
		"GET /account/deeds":                                   "NMCOK",
		"GET /kept":                                            "NMCOK",
		"GET /account/data":                                    "NMCOK",
		"POST /account/data":                                   "NMCOK",
		"GET /account/erase":                                   "NMCOK",
		"POST /account/erase":                                  "NMCOK",
		"GET /goodbye":                                         "VNMCOK",
		"POST /role":                                           "NMCOK",
		"POST /language":                                       "VNMCOK",
		"GET /open-gigs":                                       "VNMCOK",
		"GET /open-gigs/:cooperative":                          "VNMCOK",
		"GET /open-gigs/:cooperative/atom.xml":                 "VNMCOK",
		"GET /open-gigs/:cooperative/sitemap.xml":              "VNMCOK",
		"GET /open-gigs/:cooperative/:gig":                     "VNMCOK",
		"GET /sitemap.xml":                                     "VNMCOK",
		"GET /robots.txt":                                      "VNMCOK",
		"GET /gigs":                                            "MCOK",
		"GET /gigs/new":                                        "CK",
		"POST /gigs/new":                                       "CK",
		"GET /gigs/:gig":                                       "MCOK",
		"GET /gigs/:gig/what":                                  "CK",
		"POST /gigs/:gig/what":                                 "CK",
		"GET /gigs/:gig/when":                                  "CK",
		"POST /gigs/:gig/when":                                 "CK",
		"GET /gigs/:gig/price":                                 "CK",
		"POST /gigs/:gig/price":                                "CK",
		"POST /gigs/:gig/discard":                              "CK",
		"GET /live/mine":                                       "MCOK",
		"POST /gigs/:gig/shifts/:shift/ask":                    "M",
		"GET /gigs/:gig/shifts":                                "CK",
		"POST /gigs/:gig/shifts":                               "CK",
		"POST /gigs/:gig/shifts/:shift/seats":                  "CK",
		"POST /gigs/:gig/shifts/:shift/remove":                 "CK",
		"GET /gigs/:gig/shifts/:shift/move":                    "CK",
		"POST /gigs/:gig/shifts/:shift/move":                   "CK",
		"GET /gigs/:gig/meeting":                               "CK",
		"POST /gigs/:gig/meeting":                              "CK",
		"POST /engagements/:engagement/briefing":               "M",
		"GET /asks/:ask":                                       "CK",
		"POST /asks/:ask/yes":                                  "CK",
		"POST /asks/:ask/no":                                   "CK",
		"POST /offers/:offer/withdraw":                         "M",
		"GET /engagements/:engagement":                         "MCK",
		"POST /engagements/:engagement/hours":                  "MCK",
		"POST /engagements/:engagement/agree":                  "MCK",
		"GET /bills":                                           "CK",
		"GET /bills/:bill":                                     "CK",
		"POST /bills/:bill/pay":                                "C",
		"GET /pay":                                             "M",
		"GET /pay/bank":                                        "M",
		"POST /pay/bank/start":                                 "M",
		"GET /payouts":                                         "K",
		"POST /payouts/:payout/again":                          "K",
		"GET /offers/:offer":                                   "M",
		"POST /offers/:offer/yes":                              "M",
		"POST /offers/:offer/no":                               "M",
		"GET /profile":                                         "M",
		"GET /sharing":                                         "M",
		"POST /sharing":                                        "M",
		"POST /sharing/:grant/stop":                            "M",
		"GET /caseload":                                        "O",
		"GET /caseload/:member":                                "O",
		"GET /members":                                         "K",
		"GET /clients":                                         "K",
		"GET /settings":                                        "K",
		"POST /settings":                                       "K",
		"GET /deeds":                                           "K",
		"GET /municipalities":                                  "K",
		"POST /municipalities":                                 "K",
		"POST /municipalities/:municipality/end":               "K",
		"GET /team":                                            "K",
		"GET /team/new":                                        "K",
		"POST /team/new":                                       "K",
		"GET /team/:role":                                      "K",
		"POST /team/:role/end":                                 "K",
		"POST /payouts/:payout/release":                        "K",
		"GET /money/limits":                                    "K",
		"POST /money/limits":                                   "K",
		"POST /money/limits/:change":                           "K",
		"GET /money/manual":                                    "K",
		"POST /money/manual":                                   "K",
		"POST /money/manual/:manual":                           "K",
		"GET /figures":                                         "K",
		"POST /figures":                                        "K",
		"POST /figures/:figure/approve":                        "K",
		"POST /figures/:figure/back":                           "K",
		"GET /tasks":                                           "K",
		"POST /tasks/:task/retry":                              "K",
		"POST /tasks/:task/drop":                               "K",
		"POST /hooks/stripe":                                   "VNMCOK",
		"POST /hooks/stripe/connect":                           "VNMCOK",
		"GET /dev/people":                                      "VNMCOK",
		"POST /dev/signin":                                     "VNMCOK",
		"GET /dev/mailbox":                                     "VNMCOK",
		"GET /dev/mailbox/:message":                            "VNMCOK",
		"GET /dev/components":                                  "VNMCOK",
		"GET /static/*file":                                    "VNMCOK",
		"GET /healthz":                                         "VNMCOK",
		"GET /readyz":                                          "VNMCOK",
		"GET /metrics":                                         "VNMCOK",
		"GET /register":                                        "VNMCOK",
		"POST /register":                                       "VNMCOK",
		"GET /register/sent":                                   "VNMCOK",
		"GET /invited/:secret":                                 "VNMCOK",
		"POST /invited/:secret":                                "NMCOK",
		"GET /restriction/:restriction":                        "NMCOK",
		"GET /clients/:client":                                 "K",
		"POST /clients/:client/approve":                        "K",
		"POST /clients/:client/refuse":                         "K",
		"GET /client/people":                                   "C",
		"POST /client/people":                                  "C",
		"POST /client/people/:role/stop":                       "C",
		"POST /client/invitations/:invitation/stop":            "C",
		"GET /restrictions/:person":                            "K",
		"POST /restrictions/:person":                           "K",
		"POST /restrictions/:person/restore":                   "K",
		"GET /reviews":                                         "K",
		"GET /reviews/:review":                                 "NMCOK",
		"POST /reviews/:review/take":                           "K",
		"POST /reviews/:review/answer":                         "K",
		"GET /reviews/about/:decision":                         "NMCOK",
		"POST /reviews/about/:decision":                        "NMCOK",
		"GET /engagements/:engagement/unsafe":                  "M",
		"POST /engagements/:engagement/unsafe":                 "M",
		"GET /reports":                                         "OK",
		"POST /reports/:report/take":                           "OK",
		"POST /reports/:report/close":                          "OK",
		"GET /calendar":                                        "M",
		"POST /calendar":                                       "M",
		"POST /calendar/stop":                                  "M",
		"GET /calendar/:secret":                                "VNMCOK",
		"GET /coach":                                           "M",
		"GET /coach/ask":                                       "M",
		"POST /coach/ask":                                      "M",
		"GET /questions":                                       "OK",
		"POST /questions/:question/answer":                     "OK",
		"GET /clients/:client/block":                           "M",
		"POST /clients/:client/block":                          "M",
		"POST /clients/:client/unblock":                        "M",
		"POST /signin/passkey/ask":                             "VNMCOK",
		"POST /signin/passkey":                                 "VNMCOK",
		"GET /signin/second":                                   "NMCOK",
		"POST /signin/second":                                  "NMCOK",
		"GET /card/:secret":                                    "VNMCOK",
		"POST /card/:secret":                                   "VNMCOK",
		"GET /account/passkeys":                                "NMCOK",
		"POST /account/passkeys/ask":                           "NMCOK",
		"POST /account/passkeys":                               "NMCOK",
		"POST /account/passkeys/:passkey/name":                 "NMCOK",
		"POST /account/passkeys/:passkey/remove":               "NMCOK",
		"GET /account/app":                                     "NMCOK",
		"POST /account/app/begin":                              "NMCOK",
		"POST /account/app":                                    "NMCOK",
		"POST /account/app/remove":                             "NMCOK",
		"POST /confirm/app":                                    "NMCOK",
		"POST /caseload/:member/card":                          "O",
		"GET /lost-phone":                                      "K",
		"GET /lost-phone/:person":                              "K",
		"POST /lost-phone/:person":                             "K",
		"GET /account/sessions":                                "NMCOK",
		"POST /account/sessions/:session/end":                  "NMCOK",
		"GET /account/contact":                                 "M",
		"POST /account/contact":                                "M",
		"GET /account/phone":                                   "NMCOK",
		"POST /account/phone":                                  "NMCOK",
		"GET /account/phone/code":                              "NMCOK",
		"POST /account/phone/code":                             "NMCOK",
		"POST /account/phone/remove":                           "NMCOK",
		"GET /account/email":                                   "NMCOK",
		"POST /account/email":                                  "NMCOK",
		"GET /account/email/code":                              "NMCOK",
		"POST /account/email/code":                             "NMCOK",
		"GET /confirm":                                         "NMCOK",
		"POST /confirm":                                        "NMCOK",
		"GET /confirm/code":                                    "NMCOK",
		"POST /confirm/code":                                   "NMCOK",
		"GET /join/:secret":                                    "VNMCOK",
		"POST /join/:secret":                                   "VNMCOK",
		"GET /invitations":                                     "OK",
		"POST /invitations":                                    "OK",
		"POST /invitations/:invitation/card":                   "OK",
		"POST /invitations/:invitation/revoke":                 "OK",
		"GET /invitations/:invitation/together":                "OK",
		"POST /invitations/:invitation/together":               "OK",
		"GET /members/:member":                                 "K",
		"POST /members/:member/move":                           "K",
		"POST /members/:member/consent":                        "K",
		"POST /members/:member/coach":                          "K",
		"POST /members/:member/coach/end":                      "K",
		"GET /import":                                          "K",
		"POST /import":                                         "K",
		"GET /import/:import":                                  "K",
		"POST /import/:import":                                 "K",
		"GET /export/members.csv":                              "K",
		"GET /export/clients.csv":                              "K",
		"GET /caseload/:member/contacts":                       "O",
		"GET /caseload/:member/contacts/new":                   "O",
		"POST /caseload/:member/contacts/new":                  "O",
		"POST /caseload/:member/contacts/:contact/back":        "O",
		"GET /notes":                                           "M",
		"GET /offline":                                         "VNMCOK",
		"GET /sw.js":                                           "VNMCOK",
		"GET /profile/:question":                               "M",
		"POST /profile/:question":                              "M",
		"GET /days":                                            "M",
		"POST /days":                                           "M",
		"POST /days/week":                                      "M",
		"POST /days/usual":                                     "M",
		"GET /caseload/:member/profile":                        "O",
		"POST /caseload/:member/skills/:skill/confirm":         "O",
		"GET /caseload/:member/statements":                     "O",
		"POST /caseload/:member/statements":                    "O",
		"GET /caseload/:member/statements/:statement":          "O",
		"POST /caseload/:member/statements/:statement/summary": "O",
		"POST /caseload/:member/statements/:statement/ask":     "O",
		"POST /caseload/:member/statements/:statement/sign":    "O",
		"POST /caseload/:member/statements/:statement/withdraw": "O",
		"GET /caseload/:member/statements/:statement/pdf":       "O",
		"GET /caseload/:member/statements/:statement/csv":       "O",
		"GET /statements":                               "M",
		"GET /statements/:statement":                    "M",
		"GET /statements/:statement/form":               "M",
		"POST /statements/:statement/form":              "M",
		"POST /statements/:statement/sign":              "M",
		"POST /statements/:statement/withdraw":          "M",
		"GET /statements/:statement/pdf":                "M",
		"GET /statements/:statement/csv":                "M",
		"GET /satisfaction/:satisfaction":               "C",
		"POST /satisfaction/:satisfaction":              "C",
		"POST /sharing/person/:role/stop":               "M",
		"GET /sharing/clients":                          "M",
		"POST /sharing/clients":                         "M",
		"POST /sharing/clients/:release/yes":            "M",
		"POST /sharing/clients/:release/stop":           "M",
		"GET /caseload/:member/releases":                "O",
		"POST /caseload/:member/releases":               "O",
		"POST /caseload/:member/releases/:release/yes":  "O",
		"POST /caseload/:member/releases/:release/stop": "O",
		"GET /people":                                   "C",
		"GET /people/:release":                          "C",
		"POST /caseload/:member/act":                    "O",
		"POST /act/stop":                                "NMCOK",
		"GET /coach/rails":                              "M",
		"POST /coach/rails":                             "M",
		"POST /coach/rails/:rail/yes":                   "M",
		"POST /coach/rails/:rail/no":                    "M",
		"POST /coach/rails/:rail/end":                   "M",
		"GET /caseload/:member/rails":                   "O",
		"POST /caseload/:member/rails":                  "O",
		"POST /caseload/:member/rails/:rail/yes":        "O",
		"POST /caseload/:member/rails/:rail/no":         "O",
		"POST /caseload/:member/rails/:rail/end":        "O",
		"GET /caseload/:member/offers":                  "O",
		"POST /caseload/:member/offers/:offer/pass":     "O",
		"POST /caseload/:member/offers/:offer/hold":     "O",
		"GET /progress":                                 "M",
		"POST /progress/goals":                          "M",
		"POST /progress/goals/:goal":                    "M",
		"POST /progress/ladder":                         "M",
		"GET /progress/score":                           "M",
		"POST /progress/score":                          "M",
		"POST /progress/score/remove":                   "M",
		"GET /caseload/:member/progress":                "O",
		"POST /caseload/:member/progress/goals":         "O",
		"POST /caseload/:member/progress/goals/:goal":   "O",
		"POST /caseload/:member/progress/ladder":        "O",
		"GET /caseload/:member/handover":                "O",
		"POST /caseload/:member/handover":               "O",
		"GET /buddy":                                    "M",
		"POST /buddy":                                   "M",
		"GET /buddies":                                  "M",
		"GET /buddies/:member":                          "M",
		"POST /buddies/:member":                         "M",
		"GET /caseload/:member/buddy":                   "O",
		"POST /caseload/:member/buddy":                  "O",
		"GET /stand-ins":                                "O",
		"POST /stand-ins":                               "O",
		"POST /stand-ins/:standin/end":                  "OK",
		"GET /members/:member/handover":                 "K",
		"POST /members/:member/handover":                "K",
		"GET /caseloads":                                "K",
		"GET /coach/handover":                           "M",
		"POST /coach/handover":                          "M",
		"POST /statements/:statement/ask":               "M",
		"GET /planning":                                 "K",
		"GET /planning/:shift":                          "K",
		"POST /planning/:shift/ask/:member":             "K",
		"GET /worktime":                                 "K",
		"POST /worktime":                                "K",
		"POST /engagements/:engagement/off":             "M",
		"GET /engagements/:engagement/arranged":         "M",
		"POST /engagements/:engagement/back":            "M",
		"POST /engagements/:engagement/there":           "M",
		"GET /engagements/:engagement/cancel":           "CK",
		"POST /engagements/:engagement/cancel":          "CK",
		"GET /engagements/:engagement/missed":           "CK",
		"POST /engagements/:engagement/missed":          "CK",
		"POST /engagements/:engagement/missed/undo":     "K",
		"GET /gigs/:gig/shifts/:shift/cancel":           "CK",
		"POST /gigs/:gig/shifts/:shift/cancel":          "CK",
		"GET /gigs/:gig/cancel":                         "CK",
		"POST /gigs/:gig/cancel":                        "CK",
		"POST /gigs/:gig/pause":                         "CK",
		"POST /gigs/:gig/resume":                        "CK",
		"POST /gigs/:gig/finish":                        "CK",
		"GET /gigs/:gig/photos/:photo":                  "MCOK",
		"GET /gigs/:gig/photos/:photo/small":            "MCOK",
		"POST /gigs/:gig/photos/:photo/remove":          "CK",
		"POST /hours/agree":                             "C",
		"GET /record":                                   "M",
		"GET /record/pdf":                               "M",
		"GET /record/json":                              "M",
		"GET /client/record":                            "C",
		"POST /client/record":                           "C",
		"GET /social-return":                            "C",
		"GET /social-return/pdf":                        "C",
		"GET /social-return/csv":                        "C",
		"GET /clients/:client/social-return":            "K",
		"GET /clients/:client/social-return/pdf":        "K",
		"GET /clients/:client/social-return/csv":        "K",
		"POST /engagements/:engagement/clock":           "M",
		"GET /engagements/:engagement/dispute":          "MCK",
		"POST /engagements/:engagement/dispute":         "MCK",
		"GET /disputes":                                 "K",
		"GET /disputes/:engagement":                     "K",
		"POST /disputes/:engagement":                    "K",
		"GET /feedback":                                 "MC",
		"GET /engagements/:engagement/feedback":         "MC",
		"POST /engagements/:engagement/feedback":        "MC",
		"POST /engagements/:engagement/feedback/answer": "MC",
		"POST /engagements/:engagement/feedback/choose": "M",
		"GET /clients/:client/feedback":                 "K",
		"GET /engagements/:engagement/refuse":           "C",
		"POST /engagements/:engagement/refuse":          "C",
		"GET /refusals":                                 "MCK",
		"POST /refusals/:refusal/back":                  "C",
		"GET /caseload/:member/refusals":                "O",
		"GET /favourites":                               "MC",
		"POST /engagements/:engagement/favourite":       "C",
		"POST /favourites/:favourite/yes":               "M",
		"POST /favourites/:favourite/no":                "M",
		"POST /favourites/:favourite/end":               "MC",
		"GET /engagements/:engagement/job":              "C",
		"POST /engagements/:engagement/job":             "C",
		"GET /jobs":                                     "MCK",
		"GET /jobs/:job":                                "MC",
		"POST /jobs/:job/yes":                           "M",
		"POST /jobs/:job/no":                            "M",
		"POST /jobs/:job/coach":                         "M",
		"POST /jobs/:job/withdraw":                      "C",
		"GET /caseload/:member/jobs":                    "O",
		"POST /caseload/:member/jobs/:job":              "O",
		"GET /admissions":                               "K",
		"POST /admissions":                              "K",
		"POST /admissions/:admission/end":               "K",
		"POST /caseload/:member/progress/steps":         "O",
		"GET /hours":                                    "K",
		"POST /engagements/:engagement/missed/stays":    "K",
		"POST /engagements/:engagement/company":         "K",
		"GET /searches":                                 "M",
		"POST /searches":                                "M",
		"POST /searches/mail":                           "M",
		"POST /searches/:search/remove":                 "M",
	}
}

// TestRoutesByRole walks every route as everybody.
func TestRoutesByRole(t *testing.T) {
	h := newHouse(t)
	browsers := map[string]*browser{
		"V": h.browser(), "N": h.signedIn(""), "M": h.signedIn(members.RoleMember), "C": h.signedIn(members.RoleClient),
		"O": h.signedIn(members.RoleCoach), "K": h.signedIn(members.RoleCoordinator),
	}
	offer := h.offer().ID
	example := strings.NewReplacer(
		":offer", offer.String(), ":ask", offer.String(), ":engagement", h.engaged().String(), ":member", h.actors[members.RoleMember].Member.String(),
		":client", h.actors[members.RoleClient].Client.String(), ":person", h.actors[members.RoleMember].Person.String(),
		":decision", "restriction:"+h.gig.String(), ":skill", "mopping", ":secret", "none", ":cooperative", h.actors[members.RoleMember].Cooperative.String(), ":message", "none", "*file", "none")
	h.share(browsers["M"], "24", "5", "2027", "profile", "progress", "hours", "shared notes", "offers", "act for me")
	for route, allowed := range permissions() {
		method, path, _ := strings.Cut(route, " ")
		if route == "GET /live/mine" || strings.HasPrefix(route, "POST /signout") || strings.HasSuffix(route, "/act") || route == "POST /dev/signin" {
			continue // a stream without end, and what would sign everybody out: see other tests
		}
		path = parameter.ReplaceAllString(example.Replace(path), h.gig.String()) // of the others there is none
		h.redis.FlushAll()                                                       // so many forms a minute would be refused
		for letter, b := range browsers {
			got := b.do(method, path, "")
			if refused := isRefused(got); refused == strings.Contains(allowed, letter) {
				t.Errorf("%s as %s gave %d %s", route, letter, got.status, got.location)
			}
		}
	}
}

// isRefused reports a page that says no, or sends away to sign in.
func isRefused(got answer) bool {
	return got.status == http.StatusForbidden || got.status == http.StatusSeeOther && strings.HasPrefix(got.location, "/signin?") ||
		got.status == http.StatusSeeOther && got.location == "/signin"
}

// TestPermissionsNameEveryRoute compares the table above with routes.go.
func TestPermissionsNameEveryRoute(t *testing.T) {
	source, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`\{(get|post), "([^"]+)",`).FindAllStringSubmatch(string(source), -1)
	table := permissions()
	for _, line := range lines {
		if _, ok := table[strings.ToUpper(line[1])+" "+line[2]]; !ok {
			t.Errorf("no line here says who may use %s %s", line[1], line[2])
		}
	}
	if len(lines) != len(table) {
		t.Errorf("%d routes, %d lines here", len(lines), len(table))
	}
}

func TestOtherPeoplesThingsAreNotFound(t *testing.T) {
	h := newHouse(t)
	rival := h.far[members.RoleClient]
	tests := []struct {
		name string
		kind members.RoleKind
		path string
	}{
		{"a gig of another cooperative", members.RoleMember, "/gigs/" + h.farGig.String()},
		{"as its coordinator", members.RoleCoordinator, "/gigs/" + h.farGig.String()},
		{"another client's gig", members.RoleClient, "/gigs/" + h.farGig.String()},
		{"no gig", members.RoleMember, "/gigs/6ba7b810-9dad-41d1-80b4-00c04fd430c8"},
		{"a number", members.RoleMember, "/gigs/17"},
		{"not even text", members.RoleMember, "/gigs/%ff%00"},
		{"a member of another coach", members.RoleCoach, "/caseload/" + h.far[members.RoleMember].Member.String()},
		{"a client as member", members.RoleCoach, "/caseload/" + rival.Client.String()},
		{"a page that is too far", members.RoleMember, "/gigs?page=99"},
		{"no page", members.RoleMember, "/gigs?page=-1"},
	}
	browsers := map[members.RoleKind]*browser{}
	for _, kind := range members.RoleKinds() {
		browsers[kind] = h.signedIn(kind)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := browsers[tt.kind].get(tt.path)
			if got.status != http.StatusNotFound || !strings.Contains(got.Find("h1").Text(), "Niet gevonden") {
				t.Errorf("%s gave %d: %s", tt.path, got.status, got.Find("h1").Text())
			}
		})
	}
}

func TestAddressIsForThoseWhoRunTheGig(t *testing.T) {
	h := newHouse(t)
	for kind, sees := range map[members.RoleKind]bool{
		members.RoleMember: false, members.RoleCoach: false, members.RoleClient: true, members.RoleCoordinator: true,
	} {
		got := h.signedIn(kind).get("/gigs/" + h.gig.String())
		if got.status != http.StatusOK || strings.Contains(got.body, "Lindenlaan") != sees {
			t.Errorf("a %s gets %d; address shown: %v", kind, got.status, !sees)
		}
	}
}
