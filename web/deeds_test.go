package web_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

func (h *house) deed(d members.Deed) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error { return h.members.AuditTx(h.t.Context(), tx, d) }))
}

// TestEveryDeedHasWords: what the domains write down can be read in the log.
func TestEveryDeedHasWords(t *testing.T) {
	var tree struct {
		Audit struct {
			What map[string]string `toml:"what"`
		} `toml:"audit"`
	}
	readTexts(t, "nl.toml", &tree)
	named := regexp.MustCompile(`(?:What: |Tx\(ctx, tx, by, |figure, )"([a-z_]+)"`)
	found := map[string]bool{members.SettingsChanged: true}
	for _, folder := range []string{"members", "payments", "jobs", "matching"} {
		err := filepath.WalkDir("../"+folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, match := range named.FindAllStringSubmatch(string(text), -1) {
				found[match[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, sure := range []string{"cooperative_founded", "figure_proposed", "figure_approved", "figure_taken_back"} {
		if !found[sure] {
			t.Errorf("the search does not find %q", sure)
		}
	}
	for what := range found {
		if tree.Audit.What[what] == "" {
			t.Errorf("the deed %q has no words", what)
		}
	}
}

func TestDeedsPage(t *testing.T) {
	h := newHouse(t)
	noor, sam := h.actors[members.RoleCoordinator], h.actors[members.RoleMember]
	h.deed(members.Deed{By: noor, For: sam.Person, What: "cooperative_founded", Ref: "client:17", Detail: map[string]string{"until": "2027"}, Why: "Een <i>reden</i>."})
	h.deed(members.Deed{By: h.far[members.RoleCoordinator], What: "settings_changed", Why: "elders"})
	b := h.signedIn(members.RoleCoordinator)
	got := b.get("/deeds")
	for _, words := range []string{"De coöperatie is opgericht", "Door jou (coördinator)", "Voor Mens member", "Waarom: Een <i>reden</i>.", "client:17", "2027", "Door Meent zelf"} {
		if !strings.Contains(got.Find("main").Text(), words) {
			t.Errorf("the page does not say %q:\n%s", words, got.Find("main").Text())
		}
	}
	if strings.Contains(got.body, "elders") {
		t.Error("the page tells what was done in another cooperative")
	}
	if b.get("/home").Find(`a[href="/deeds"]`).Length() != 1 {
		t.Error("no way to the log")
	}
}

func TestDeedsPages(t *testing.T) {
	h := newHouse(t)
	for i := range members.AuditPage + 5 {
		h.deed(members.Deed{By: h.actors[members.RoleCoordinator], What: "settings_changed", Why: fmt.Sprintf("nummer %d.", i)})
	}
	b := h.signedIn(members.RoleCoordinator)
	for _, path := range []string{"/deeds", "/settings"} {
		first := b.get(path)
		older := first.Find(".pages a").AttrOr("href", "")
		if first.Find(".rows > li").Length() != members.AuditPage || !strings.Contains(older, "before=") {
			t.Fatalf("%s shows %d, and leads to %q", path, first.Find(".rows > li").Length(), older)
		}
		second := b.get(older)
		text := second.Find("main").Text()
		if !strings.Contains(text, "nummer 4.") || strings.Contains(text, "nummer 5.") || !strings.HasPrefix(second.Find(".pages a").AttrOr("href", ""), path) {
			t.Errorf("%s says:\n%s", older, text)
		}
	}
	for _, before := range []string{"x", "-1", "99999999999999999999", "1"} {
		if got := b.get("/deeds?before=" + before); got.status != http.StatusOK {
			t.Errorf("before=%s gave %d", before, got.status)
		}
	}
}

// TestOwnDeeds: a person reads what was done for them, by whom in which role,
// and nothing about anybody else.
func TestOwnDeeds(t *testing.T) {
	h := newHouse(t)
	noor, sam, coach := h.actors[members.RoleCoordinator], h.actors[members.RoleMember], h.actors[members.RoleCoach]
	h.deed(members.Deed{By: noor, For: sam.Person, What: "settings_changed", Ref: "client:17", Detail: map[string]string{"trial_was": "1", "trial_is": "2"}, Why: "Voor Sam."})
	h.deed(members.Deed{By: noor, For: coach.Person, What: "figure_proposed", Why: "Voor de coach."})
	h.deed(members.Deed{By: sam, For: coach.Person, What: "figure_approved", Ref: "client:18", Why: "Over de coach."})
	b := h.signedIn(members.RoleMember)
	if b.get("/account").Find(`a[href="/account/deeds"]`).Length() != 1 {
		t.Error("no way from the account")
	}
	got := b.get("/account/deeds")
	text := got.Find("main").Text()
	for _, words := range []string{"De instellingen zijn veranderd", "Door Mens coordinator (coördinator)", "Voor jou", "Waarom: Voor Sam.", "Een wettelijk bedrag is goedgekeurd", "Door jou (lid)"} {
		if !strings.Contains(text, words) {
			t.Errorf("the page does not say %q:\n%s", words, text)
		}
	}
	for _, secret := range []string{"Mens coach", "coach", "voorgesteld", "client:1", "@meent.example", noor.Person.String(), coach.Person.String()} {
		if strings.Contains(text, secret) {
			t.Errorf("the page tells %q:\n%s", secret, text)
		}
	}
	if got := h.signedIn("").get("/account/deeds"); got.status != http.StatusOK || !strings.Contains(got.body, "Er is nog niets gedaan") {
		t.Errorf("without a role: %d", got.status)
	}
}
