package members_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// linde is an approved client with its manager.
func (h *house) linde(c id.Cooperative, email string) members.Actor {
	h.t.Helper()
	asker := h.asks(c, email)
	if err := h.ApproveClient(h.t.Context(), h.noor(c), asker.Client); err != nil {
		h.t.Fatal(err)
	}
	return h.actor(asker.Person, asker.Role)
}

func newColleagueInvitation(email string, duty members.Duty) members.NewColleagueInvitation {
	return members.NewColleagueInvitation{Name: "Bo Visser", Email: email, Duty: duty, Locale: members.Dutch}
}

// invites gives the link that the mail would carry.
func (h *house) invites(by members.Actor, email string, duty members.Duty) string {
	h.t.Helper()
	if err := h.InviteColleague(h.t.Context(), by, newColleagueInvitation(email, duty)); err != nil {
		h.t.Fatal(err)
	}
	return h.link(by, email)
}

func (h *house) link(by members.Actor, email string) string {
	h.t.Helper()
	_, list, err := h.Colleagues(h.t.Context(), by)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, one := range list {
		if one.Email == members.Email(email) {
			issued, err := h.IssueColleagueInvitation(h.t.Context(), by.Cooperative, one.ID)
			if err != nil {
				h.t.Fatal(err)
			}
			return issued.Link
		}
	}
	h.t.Fatalf("no invitation of %s", email)
	return ""
}

func TestColleagueIsInvitedAndRemoved(t *testing.T) {
	h := newHouse(t)
	zoe := h.linde(h.cooperative("Waalkracht"), "zoe@linde.example")
	link := h.invites(zoe, "bo@linde.example", members.PlainContact)
	if n := h.number(`SELECT count(*) FROM members.client_invitation WHERE link_hash = sha256($1)`, []byte(link)); n != 1 {
		t.Errorf("%d rows have the hash of the link", n)
	}
	bo := h.actor(h.person("bo@linde.example"), members.RoleID{})
	role, err := h.AcceptColleagueInvitation(t.Context(), bo, link)
	if err != nil {
		t.Fatal(err)
	}
	bo = h.actor(bo.Person, role)
	if bo.Client != zoe.Client || bo.Duty != members.PlainContact || h.may(bo) != nil {
		t.Fatalf("Bo acts as %+v", bo)
	}
	if _, err := h.AcceptColleagueInvitation(t.Context(), bo, link); !errors.Is(err, members.ErrInvitationSpent) {
		t.Errorf("a second use: %v", err)
	}
	for name, err := range map[string]error{
		"a contact invites": h.InviteColleague(t.Context(), bo, newColleagueInvitation("x@linde.example", members.Manager)),
		"a contact removes": h.EndContact(t.Context(), bo, zoe.Role),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.EndContact(t.Context(), zoe, bo.Role); err != nil {
		t.Fatal(err)
	}
	if got := h.actor(bo.Person, bo.Role); got.Kind != "" || got.Several {
		t.Errorf("removed, Bo acts as %+v", got)
	}
	if roles, err := h.Roles(t.Context(), bo.Person); err != nil || len(roles) != 0 {
		t.Errorf("%v, %v", roles, err)
	}
	if err := h.may(bo); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who acts in a role that ended: %v", err)
	}
	again := h.invites(zoe, "bo@linde.example", members.Manager)
	if role, err = h.AcceptColleagueInvitation(t.Context(), bo, again); err != nil || role != bo.Role || h.actor(bo.Person, role).Duty != members.Manager {
		t.Errorf("invited again: %v, %v", role, err)
	}
}

func TestInvitationIsForOneAddressOneTimeAndSevenDays(t *testing.T) {
	h := newHouse(t)
	zoe := h.linde(h.cooperative("Waalkracht"), "zoe@linde.example")
	eve, bo := members.Actor{Person: h.person("eve@other.example")}, members.Actor{Person: h.person("bo@linde.example")}
	link := h.invites(zoe, "bo@linde.example", members.PlainContact)
	for who, by := range map[string]members.Actor{"another address": eve, "a visitor": {}} {
		if _, err := h.AcceptColleagueInvitation(t.Context(), by, link); !errors.Is(err, members.ErrNotInvited) {
			t.Errorf("%s: %v", who, err)
		}
	}
	newer := h.link(zoe, "bo@linde.example")
	for name, old := range map[string]string{"an older mail": link, "nothing": "", "a guess": strings.Repeat("a", 43)} {
		if _, err := h.AcceptColleagueInvitation(t.Context(), bo, old); !errors.Is(err, members.ErrInvitationSpent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.now = h.now.Add(members.ColleagueInvitationLife)
	if _, err := h.InvitedColleague(t.Context(), newer); !errors.Is(err, members.ErrInvitationSpent) {
		t.Errorf("after seven days: %v", err)
	}
	last := h.invites(zoe, "bo@linde.example", members.PlainContact)
	_, list, _ := h.Colleagues(t.Context(), zoe)
	if len(list) != 1 {
		t.Fatalf("%d invitations wait", len(list))
	}
	if err := h.UninviteColleague(t.Context(), zoe, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AcceptColleagueInvitation(t.Context(), bo, last); !errors.Is(err, members.ErrInvitationSpent) {
		t.Errorf("taken back: %v", err)
	}
	if err := h.UninviteColleague(t.Context(), zoe, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
}

func TestOneLinkClickedManyTimesAtOnce(t *testing.T) {
	h := newHouse(t)
	zoe := h.linde(h.cooperative("Waalkracht"), "zoe@linde.example")
	link, bo := h.invites(zoe, "bo@linde.example", members.PlainContact), members.Actor{Person: h.person("bo@linde.example")}
	var group sync.WaitGroup
	var mu sync.Mutex
	accepted := 0
	for range 12 {
		group.Go(func() {
			_, err := h.AcceptColleagueInvitation(t.Context(), bo, link)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				accepted++
			} else if !errors.Is(err, members.ErrInvitationSpent) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if accepted != 1 {
		t.Errorf("accepted %d times", accepted)
	}
}

func TestManagerWhoLeftInvitesNobody(t *testing.T) {
	h := newHouse(t)
	zoe := h.linde(h.cooperative("Waalkracht"), "zoe@linde.example")
	bo := members.Actor{Person: h.person("bo@linde.example")}
	role, err := h.AcceptColleagueInvitation(t.Context(), bo, h.invites(zoe, "bo@linde.example", members.Manager))
	if err != nil {
		t.Fatal(err)
	}
	link := h.invites(zoe, "al@linde.example", members.Manager)
	if err := h.EndContact(t.Context(), h.actor(bo.Person, role), zoe.Role); err != nil {
		t.Fatal(err)
	}
	if err := h.InviteColleague(t.Context(), zoe, newColleagueInvitation("x@linde.example", members.Manager)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a manager who was removed invites: %v", err)
	}
	if _, err := h.AcceptColleagueInvitation(t.Context(), members.Actor{Person: h.person("al@linde.example")}, link); !errors.Is(err, members.ErrInvitationSpent) {
		t.Errorf("and what they sent before: %v", err)
	}
}

// TestTwoManagersRemoveEachOther at the same moment: one stays.
func TestTwoManagersRemoveEachOther(t *testing.T) {
	h := newHouse(t)
	zoe := h.linde(h.cooperative("Waalkracht"), "zoe@linde.example")
	if err := h.EndContact(t.Context(), zoe, zoe.Role); !errors.Is(err, members.ErrLastManager) {
		t.Errorf("the last one leaves: %v", err)
	}
	bo := h.role(members.NewRole{Cooperative: zoe.Cooperative, Kind: members.RoleClient, Client: zoe.Client, Duty: members.Manager}, "bo@linde.example")
	var group sync.WaitGroup
	errs := make([]error, 2)
	group.Go(func() { errs[0] = h.EndContact(t.Context(), zoe, bo.Role) })
	group.Go(func() { errs[1] = h.EndContact(t.Context(), bo, zoe.Role) })
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), members.ErrNotFound) {
		t.Errorf("%v", errs)
	}
	if n := h.number(`SELECT count(*) FROM members.role WHERE client_id = $1 AND ended_at IS NULL`, zoe.Client); n != 1 {
		t.Errorf("%d managers are left", n)
	}
}

func TestInvitingHasBounds(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	zoe, yara := h.linde(c, "zoe@linde.example"), h.linde(c, "yara@eik.example")
	for _, n := range []members.NewColleagueInvitation{{Name: "Bo", Email: "bo", Duty: members.Manager, Locale: "nl"}, {Name: "", Email: "bo@x.nl", Duty: members.Manager, Locale: "nl"},
		{Name: "Bo", Email: "bo@x.nl", Duty: "boss", Locale: "nl"}} {
		var problems check.Problems
		if err := h.InviteColleague(t.Context(), zoe, n); !errors.As(err, &problems) {
			t.Errorf("%+v: %v", n, err)
		}
	}
	for i := range 10 {
		h.invites(zoe, string(rune('a'+i))+"@linde.example", members.PlainContact)
	}
	var problems check.Problems
	if err := h.InviteColleague(t.Context(), zoe, newColleagueInvitation("z@linde.example", members.PlainContact)); !errors.As(err, &problems) || !problems.At("email") {
		t.Errorf("the eleventh: %v", err)
	}
	_, list, _ := h.Colleagues(t.Context(), zoe)
	for name, err := range map[string]error{
		"another client takes an invitation back": h.UninviteColleague(t.Context(), yara, list[0].ID),
		"another client removes":                  h.EndContact(t.Context(), yara, zoe.Role),
		"of another cooperative":                  h.EndContact(t.Context(), h.linde(h.cooperative("Noorderhand"), "far@x.example"), zoe.Role),
		"a coordinator":                           h.EndContact(t.Context(), h.noor(c), zoe.Role),
		"a client that waits":                     h.InviteColleague(t.Context(), members.Actor{Kind: members.RoleMember, Duty: members.Manager}, newColleagueInvitation("q@x.nl", members.Manager)),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.InviteColleague(t.Context(), h.asks(c, "new@x.example"), newColleagueInvitation("q@x.nl", members.Manager)); !errors.Is(err, members.ErrNotApproved) {
		t.Errorf("a client that waits: %v", err)
	}
	h.now = h.now.Add(40 * 24 * time.Hour)
	if err := h.tidy(); err != nil || h.number(`SELECT count(*) FROM members.client_invitation`) != 0 {
		t.Errorf("old invitations stay: %v", err)
	}
}
