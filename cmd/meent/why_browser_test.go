package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"meent/members"
)

// TestWhyNotMe plays it in a browser: a member finds work that is not for them, reads
// what it lacks, asks a person why, and sees who looks and until when. That person
// finds the question on their first page and answers in time; the member reads it.
func TestWhyNotMe(t *testing.T) {
	house := newTestHouse(t)
	gig, _ := house.postQuietly(t, "Zeldzame klokken repareren")
	if _, err := house.db.Exec(t.Context(), `INSERT INTO jobs.gig_skill (cooperative_id, gig_id, skill_code) SELECT cooperative_id, id, 'weeding' FROM jobs.gig WHERE id = $1`, gig); err != nil {
		t.Fatal(err)
	}
	who := house.someone(t, members.RoleMember)
	if _, err := house.db.Exec(t.Context(), `DELETE FROM members.member_skill WHERE member_id = $1 AND skill_code = 'weeding'`, house.actor(t, members.RoleMember).Member); err != nil {
		t.Fatal(err)
	}
	member, looks := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}, &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	member.run(chromedp.EmulateViewport(390, 900))
	member.signIn(who, "code")
	member.opens("/gigs/" + gig.String())
	member.says("iets kunnen wat niet in je profiel staat")
	member.pushes(`a[href$="/why"]`, "/gigs/"+gig.String()+"/why")
	const words, reasons = "Ik heb dit vroeger vaak gedaan. Waarom niet ik?", "De klant vraagt wieden, en dat staat niet bij je. Zet het erbij als je het kunt."
	member.fill(map[string]string{"words": words, "shows": "yes"})
	if status := member.submits(); status != 200 || !strings.HasPrefix(member.path(), "/reviews/why/") {
		t.Fatalf("asking led to %s with %d:\n%s", member.path(), status, member.text("main"))
	}
	why, looker := member.path(), house.looksAt(t, strings.TrimPrefix(member.path(), "/reviews/why/"))
	member.says("nog 14 dagen")
	member.says(looker.Name)

	house.skip(5 * 24 * time.Hour)
	looks.signIn(looker, "code")
	looks.run(chromedp.Navigate(house.config.URL + "/home"))
	looks.pushes(`main a[href="/whys"]`, "/whys")
	looks.pushes(`a[href="`+why+`"]`, why)
	looks.says(words)
	looks.says("nog 9 dagen")
	looks.fill(map[string]string{"outcome": "stands", "answer": "Nee."})
	looks.refused("Schrijf")
	looks.fill(map[string]string{"outcome": "stands", "answer": reasons})
	looks.sends(why)

	member.comeBack(who)
	member.opens("/whys")
	member.pushes(`a[href="`+why+`"]`, why)
	member.says(reasons)
	member.says("De uitkomst blijft")
	member.says(looker.Name)
}

// looksAt is who looks at a review.
func (h *testHouse) looksAt(t *testing.T, review string) members.PersonRole {
	t.Helper()
	var looker members.RoleID
	if err := h.db.QueryRow(t.Context(), `SELECT looker_id FROM matching.review WHERE id = $1`, review).Scan(&looker); err != nil {
		t.Fatal(err)
	}
	return h.staffOf(t, looker)
}
