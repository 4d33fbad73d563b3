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
		"GET /":                               "VNMCOK",
		"GET /home":                           "NMCOK",
		"GET /signin":                         "VNMCOK",
		"POST /signin":                        "VNMCOK",
		"GET /signin/sent":                    "VNMCOK",
		"POST /signin/code":                   "VNMCOK",
		"GET /signin/link/:secret":            "VNMCOK",
		"POST /signin/link/:secret":           "VNMCOK",
		"POST /signout":                       "NMCOK",
		"POST /signout/everywhere":            "NMCOK",
		"GET /account":                        "NMCOK",
		"POST /role":                          "NMCOK",
		"POST /language":                      "VNMCOK",
		"GET /gigs":                           "MCOK",
		"GET /gigs/new":                       "CK",
		"POST /gigs/new":                      "CK",
		"GET /gigs/:gig":                      "MCOK",
		"GET /live/mine":                      "MCOK",
		"POST /gigs/:gig/shifts/:shift/ask":   "M",
		"GET /asks/:ask":                      "CK",
		"POST /asks/:ask/yes":                 "CK",
		"POST /asks/:ask/no":                  "CK",
		"POST /offers/:offer/withdraw":        "M",
		"GET /engagements/:engagement":        "MC",
		"POST /engagements/:engagement/hours": "MC",
		"POST /engagements/:engagement/agree": "MC",
		"GET /bills":                          "CK",
		"GET /bills/:bill":                    "CK",
		"POST /bills/:bill/pay":               "C",
		"GET /pay":                            "M",
		"GET /payouts":                        "K",
		"POST /payouts/:payout/again":         "K",
		"GET /offers/:offer":                  "M",
		"POST /offers/:offer/yes":             "M",
		"POST /offers/:offer/no":              "M",
		"GET /profile":                        "M",
		"GET /profile/:question":              "M",
		"POST /profile/:question":             "M",
		"GET /days":                           "M",
		"POST /days":                          "M",
		"POST /days/week":                     "M",
		"POST /days/usual":                    "M",
		"GET /sharing":                        "M",
		"POST /sharing":                       "M",
		"POST /sharing/:grant/stop":           "M",
		"GET /caseload":                       "O",
		"GET /caseload/:member":               "O",
		"GET /caseload/:member/profile":       "O",
		"POST /caseload/:member/skills/:skill/confirm": "O",
		"GET /members":               "K",
		"GET /clients":               "K",
		"GET /tasks":                 "K",
		"POST /tasks/:task/retry":    "K",
		"POST /tasks/:task/drop":     "K",
		"POST /hooks/stripe":         "VNMCOK",
		"POST /hooks/stripe/connect": "VNMCOK",
		"GET /dev/people":            "VNMCOK",
		"POST /dev/signin":           "VNMCOK",
		"GET /dev/mailbox":           "VNMCOK",
		"GET /dev/mailbox/:message":  "VNMCOK",
		"GET /dev/components":        "VNMCOK",
		"GET /static/*file":          "VNMCOK",
		"GET /healthz":               "VNMCOK",
		"GET /readyz":                "VNMCOK",
		"GET /metrics":               "VNMCOK",
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
	h.share(browsers["M"], "24", "5", "2027", "profile")
	for route, allowed := range permissions() {
		method, path, _ := strings.Cut(route, " ")
		if route == "GET /live/mine" || strings.HasPrefix(route, "POST /signout") || route == "POST /dev/signin" {
			continue // a stream without end, and what would sign everybody out: see other tests
		}
		path = strings.NewReplacer(":gig", h.gig.String(), ":offer", offer.String(), ":ask", offer.String(), ":shift", h.gig.String(), ":engagement", h.engaged().String(),
			":bill", h.gig.String(), ":payout", h.gig.String(), ":grant", h.gig.String(), ":member", h.actors[members.RoleMember].Member.String(),
			":question", "name", ":skill", "mopping", ":task", h.gig.String(), ":secret", "none", ":message", "none", "*file", "none").Replace(path)
		h.redis.FlushAll() // so many forms a minute would be refused
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
