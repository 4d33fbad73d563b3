package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"meent/members"
)

// everyPage opens all that the links lead to, and gives the pages by their path.
func (b *browser) everyPage() map[string]string {
	b.h.t.Helper()
	pages, waiting := map[string]string{}, []string{"/home", "/gigs", "/account"}
	for n := 0; n < len(waiting) && n < 120; n++ {
		got := b.get(waiting[n])
		pages[waiting[n]] = got.body
		got.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			path, _, _ := strings.Cut(a.AttrOr("href", ""), "#")
			if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "/static/") && !strings.HasPrefix(path, "/dev/") && !slices.Contains(waiting, path) {
				waiting = append(waiting, path)
			}
		})
	}
	return pages
}

// TestNoNameBeforeTheYes: a client who is asked for a seat finds the name of who
// asks on no page and in no mail; a card without one instead. With their yes it is
// there.
func TestNoNameBeforeTheYes(t *testing.T) {
	h := newHouse(t)
	const name = "Zonnebloem Vandeheuvel"
	_, err := h.db.Exec(t.Context(), `UPDATE members.person SET name = $2 WHERE id = $1`, h.actors[members.RoleMember].Person, name)
	h.must(err)
	id := h.asked(h.signedIn(members.RoleMember))
	h.run()
	client := h.signedIn(members.RoleClient)
	pages := client.everyPage()
	if len(pages) < 10 || !strings.Contains(pages["/asks/"+id], "Iemand uit") {
		t.Fatalf("%d pages, and on that of the question:\n%s", len(pages), pages["/asks/"+id])
	}
	for path, page := range pages {
		if text := strings.ToLower(page); strings.Contains(text, "zonnebloem") || strings.Contains(text, "vandeheuvel") {
			t.Errorf("the name is on %s", path)
		}
	}
	mails, err := h.mailbox.List(t.Context(), 100)
	h.must(err)
	for _, one := range mails {
		if strings.HasPrefix(one.To, "client.") && strings.Contains(strings.ToLower(one.Subject+one.Text+one.HTML), "zonnebloem") {
			t.Errorf("the name is in the mail %q", one.Subject)
		}
	}
	if got := client.post("/asks/" + id + "/yes"); got.status != http.StatusSeeOther {
		t.Fatalf("yes gave %d", got.status)
	}
	if got := client.get("/asks/" + id); !strings.Contains(got.body, name) {
		t.Error("with the yes there is no name")
	}
}

// TestWhyNotLeadsOn: each reason has its sentence and, where the member can do
// something, the way; the page of a gig that fits says so.
func TestWhyNotLeadsOn(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	fits, _ := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	if got := b.get(fits); !strings.Contains(got.Find("#gig").Text(), "dit werk kun je doen") || got.Find("#gig details.more li").Length() != 0 {
		t.Error("a gig that fits does not say so")
	}
	no, _ := h.quiet(h.actors[members.RoleClient], "cloakroom")
	got := b.get(no)
	if got.Find(`#gig li a[href="/profile/skills"]`).Length() != 1 || strings.Contains(got.Find("#gig").Text(), "dit werk kun je doen") {
		t.Errorf("a gig that does not fit:\n%s", got.Find("#gig").Text())
	}
	if got := h.signedIn(members.RoleClient).get(no); strings.Contains(got.body, "Waarom niet voor mij") || strings.Contains(got.body, "dit werk kun je doen") {
		t.Error("the client reads it")
	}
}
