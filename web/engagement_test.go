package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// engaged gives the member of Waalkracht a seat on its client's gig, or finds it.
func (h *house) engaged() (e jobs.EngagementID) {
	h.t.Helper()
	member := h.actors[members.RoleMember]
	if works, err := h.jobs.Works(h.t.Context(), member); err == nil && len(works) > 0 {
		return works[0].ID
	}
	gig, err := h.jobs.Gig(h.t.Context(), h.actors[members.RoleClient], h.gig)
	h.must(err)
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		e, err = h.jobs.ConfirmTx(h.t.Context(), tx, member.Cooperative, gig.Shifts[0].ID, member.Member)
		return err
	}))
	return e
}

// TestHoursBetweenMemberAndClient: proposed, countered with a reason, agreed.
func TestHoursBetweenMemberAndClient(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String()
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	if page := client.get("/home"); page.Find(`a[href="`+path+`"]`).Length() != 1 || !strings.Contains(page.body, "Mens member") {
		t.Error("the client does not see who comes")
	}
	if page := member.get(path); !strings.Contains(page.body, "Lindenlaan 14, Arnhem") {
		t.Error("the member does not read where the work is")
	}
	if got := member.post(path+"/hours", "hours", "3"); got.status != http.StatusConflict || !strings.Contains(got.body, "nog niet klaar") {
		t.Errorf("hours before the work gave %d", got.status)
	}
	h.now = h.now.Add(48 * time.Hour)
	member, client = h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	if page := member.get(path); page.Find(`input[name=hours]`).AttrOr("value", "") != "3" {
		t.Error("the form does not begin with the planned hours")
	}
	h.expect(member.post(path+"/hours", "hours", "3", "minutes", "30"), http.StatusSeeOther)
	h.expect(member.post(path+"/agree"), http.StatusConflict)
	h.expect(client.post(path+"/hours", "hours", "3", "minutes", "0"), http.StatusUnprocessableEntity) // no reason
	h.expect(client.post(path+"/hours", "hours", "3", "minutes", "0", "reason", "Om elf uur was je klaar."), http.StatusSeeOther)
	if page := member.get(path); !strings.Contains(page.body, "Om elf uur was je klaar.") || !strings.Contains(page.body, "wacht op jou") {
		t.Error("the member does not read the client's reason")
	}
	h.expect(member.post(path+"/agree"), http.StatusSeeOther)
	for _, b := range []*browser{member, client} {
		if page := b.get(path); !strings.Contains(page.Find("main").Text(), "48,00") || !strings.Contains(page.body, "uren staan vast") {
			t.Error("the agreed hours are not shown")
		}
	}
	h.expect(client.post(path+"/agree"), http.StatusConflict)
}

func (h *house) expect(got answer, status int) {
	h.t.Helper()
	if got.status != status {
		h.t.Errorf("gave %d, want %d: %s", got.status, status, got.Find("main").Text())
	}
}

func TestHoursThatAreWrong(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String()
	h.now = h.now.Add(48 * time.Hour)
	member := h.signedIn(members.RoleMember)
	for name, hours := range map[string][2]string{"25 a day": {"25", "0"}, "none": {"0", "0"}, "letters": {"drie", ""}, "nothing": {"", ""},
		"too many minutes": {"1", "75"}, "less than none": {"-1", "0"}, "huge": {"99999999999999999999", "0"}, "over the day": {"12", "1"}} {
		got := member.post(path+"/hours", "hours", hours[0], "minutes", hours[1])
		if got.status != http.StatusUnprocessableEntity || got.Find(".wrong").Length() == 0 || got.Find("input[name=hours]").AttrOr("value", "") != hours[0] {
			t.Errorf("%s gave %d: %s", name, got.status, got.Find(".wrong").Text())
		}
	}
	if w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], h.engaged()); err != nil || w.Sheet.State != jobs.SheetEmpty {
		t.Errorf("wrong hours were kept: %+v, %v", w.Sheet, err)
	}
}

func TestEngagementOfOthersIsNotFound(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String()
	far := h.browser()
	code, _ := far.ask(person(members.RoleClient, "noord").Email)
	h.expect(far.post("/signin/code", "code", code), http.StatusSeeOther)
	for _, address := range []string{path, "/engagements/17", "/engagements/6ba7b810-9dad-41d1-80b4-00c04fd430c8"} {
		h.expect(far.get(address), http.StatusNotFound)
		h.expect(far.post(address+"/agree"), http.StatusNotFound)
	}
}
