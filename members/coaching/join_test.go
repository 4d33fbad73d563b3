package coaching_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"meent/internal/check"
	"meent/members"
)

func joining() members.Joining {
	return members.Joining{Name: " Sam de Boer ", Email: "Sam@meent.example", Birth: "2008-11-24", Place: "nijmegen", ReachMetres: 8000,
		Travel: members.Bike, Locale: members.Dutch}
}

// municipality refers members from now on.
func (h *house) municipality(by members.Actor, name string, consentFirst bool) members.MunicipalityID {
	h.t.Helper()
	if err := h.people.AddMunicipality(h.t.Context(), by, members.NewMunicipality{Name: name, ConsentFirst: consentFirst}); err != nil {
		h.t.Fatal(err)
	}
	list, err := h.people.Municipalities(h.t.Context(), by)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range list {
		if strings.EqualFold(m.Name, name) {
			return m.ID
		}
	}
	h.t.Fatalf("%s is not there", name)
	return members.MunicipalityID{}
}

// card makes a card and gives its secret.
func (h *house) card(by members.Actor, n members.NewInvitation) (members.InvitationID, string) {
	h.t.Helper()
	n.Card = true
	i, err := h.people.Invite(h.t.Context(), by, n)
	if err != nil {
		h.t.Fatal(err)
	}
	_, secret, err := h.people.IssueCard(h.t.Context(), by, i)
	if err != nil {
		h.t.Fatal(err)
	}
	return i, secret
}

func (h *house) count(query string) (n int) {
	h.t.Helper()
	if err := h.db.QueryRow(h.t.Context(), query).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

const countMembers = `SELECT count(*) FROM members.member`

func TestJoinWithACoachsCard(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	els := h.actor(c, "els", members.RoleCoach)
	_, secret := h.card(els, members.NewInvitation{Municipality: h.municipality(h.actor(c, "jan", members.RoleCoordinator), "nijmegen", true)})
	typed := strings.ToUpper(strings.ReplaceAll(secret, "-", " "))
	if i, err := h.people.Look(t.Context(), typed); err != nil || i.InviterName != "els" || i.CooperativeName != "Waalkracht" {
		t.Fatalf("the card says %+v, %v", i, err)
	}
	joined, err := h.Join(t.Context(), secret, joining())
	if err != nil || !joined.New || joined.Email != "sam@meent.example" {
		t.Fatalf("joining gave %+v, %v", joined, err)
	}
	list, err := h.Caseload(t.Context(), els)
	if err != nil || len(list) != 1 || list[0].Name != "Sam de Boer" {
		t.Errorf("Els follows %+v, %v", list, err)
	}
	jan := h.actor(c, "jan", members.RoleCoordinator)
	stands, err := h.people.Standing(t.Context(), jan, joined.Member)
	if err != nil || stands.Membership != members.Referred || stands.Consent != members.ConsentNo || stands.MovedBy != "" {
		t.Errorf("Sam stands so: %+v, %v", stands, err)
	}
	log, err := h.people.AuditLog(t.Context(), jan, 0)
	if err != nil || log[0].What != "member_joined" || !log[0].By.IsZero() || log[0].For != stands.Person || log[0].Detail["together"] != "no" {
		t.Errorf("the deed is %+v, %v", log[0], err)
	}
	if _, err := h.Join(t.Context(), secret, joining()); !errors.Is(err, members.ErrInvitationSpent) {
		t.Errorf("the card a second time gave %v", err)
	}
	if n := h.count(`SELECT count(*) FROM members.invitation WHERE secret_hash IS NOT NULL OR email IS NOT NULL`); n > 0 {
		t.Error("a used invitation keeps its secret")
	}
}

func TestTrialBeginsWithACoordinatorsCard(t *testing.T) {
	h := newHouse(t)
	jan := h.actor(h.cooperative("Waalkracht"), "jan", members.RoleCoordinator)
	_, secret := h.card(jan, members.NewInvitation{Trial: true})
	joined, err := h.Join(t.Context(), secret, joining())
	if err != nil {
		t.Fatal(err)
	}
	stands, err := h.people.Standing(t.Context(), jan, joined.Member)
	if err != nil || stands.Membership != members.OnTrial || stands.TrialUntil != "2027-02-22" || stands.MovedBy != "jan" {
		t.Errorf("Sam stands so: %+v, %v", stands, err)
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'members.trial_ends'`); n != 1 {
		t.Errorf("%d reminders", n)
	}
}

// TestHundredClicks: one card makes one member, whatever they type.
func TestHundredClicks(t *testing.T) {
	h := newHouse(t)
	els := h.actor(h.cooperative("Waalkracht"), "els", members.RoleCoach)
	_, secret := h.card(els, members.NewInvitation{})
	before := h.count(countMembers)
	var all sync.WaitGroup
	var joined atomic.Int32
	for n := range 100 {
		j := joining()
		if n%2 == 0 {
			j.Email = "other" + j.Email
		}
		all.Go(func() {
			switch _, err := h.Join(t.Context(), secret, j); {
			case err == nil:
				joined.Add(1)
			case !errors.Is(err, members.ErrInvitationSpent):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := h.count(countMembers) - before; n != 1 || joined.Load() != 1 {
		t.Errorf("%d members, %d joined; want one", n, joined.Load())
	}
}

// TestTwoCardsForOnePerson at once: one member.
func TestTwoCardsForOnePerson(t *testing.T) {
	h := newHouse(t)
	els := h.actor(h.cooperative("Waalkracht"), "els", members.RoleCoach)
	before := h.count(countMembers)
	var all sync.WaitGroup
	for range 10 {
		_, secret := h.card(els, members.NewInvitation{})
		all.Go(func() {
			if _, err := h.Join(t.Context(), secret, joining()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := h.count(countMembers) - before; n != 1 {
		t.Errorf("%d members; want one", n)
	}
}

func TestSpentInvitationsLookTheSame(t *testing.T) {
	h := newHouse(t)
	els := h.actor(h.cooperative("Waalkracht"), "els", members.RoleCoach)
	revoked, revokedSecret := h.card(els, members.NewInvitation{})
	reprinted, oldSecret := h.card(els, members.NewInvitation{})
	_, late := h.card(els, members.NewInvitation{})
	if err := h.people.RevokeInvitation(t.Context(), els, revoked); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.people.IssueCard(t.Context(), els, reprinted); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(members.InvitationLife - time.Second)
	if _, err := h.people.Look(t.Context(), late); err != nil {
		t.Errorf("a second before the end: %v", err)
	}
	h.now = h.now.Add(time.Second)
	for name, secret := range map[string]string{"expired": late, "revoked": revokedSecret, "printed anew": oldSecret, "wrong": "none", "empty": "", "huge": strings.Repeat("a", 10_000), "bytes": "\xff\x00"} {
		if _, err := h.people.Look(t.Context(), secret); !errors.Is(err, members.ErrInvitationSpent) {
			t.Errorf("looking at one that is %s gave %v", name, err)
		}
		if _, err := h.Join(t.Context(), secret, members.Joining{}); !errors.Is(err, members.ErrInvitationSpent) {
			t.Errorf("joining with one that is %s gave %v", name, err)
		}
	}
}

func TestJoinRefuses(t *testing.T) {
	h := newHouse(t)
	els := h.actor(h.cooperative("Waalkracht"), "els", members.RoleCoach)
	_, secret := h.card(els, members.NewInvitation{})
	h.now = time.Date(2026, 11, 23, 22, 59, 59, 0, time.UTC) // a second before midnight in Amsterdam
	before := h.count(countMembers)
	for _, tt := range []struct {
		name, field, rule string
		change            func(*members.Joining)
	}{
		{"18 in a second", "birth", "under_age", func(*members.Joining) {}},
		{"no birth date", "birth", "no_such_day", func(j *members.Joining) { j.Birth = "" }},
		{"born tomorrow", "birth", "day_to_come", func(j *members.Joining) { j.Birth = "2026-11-24" }},
		{"born long ago", "birth", "no_such_day", func(j *members.Joining) { j.Birth = "1850-01-01" }},
		{"no name", "name", "missing", func(j *members.Joining) { j.Birth, j.Name = "1990-01-01", " " }},
		{"no address", "email", "not_an_email", func(j *members.Joining) { j.Birth, j.Email = "1990-01-01", "sam" }},
		{"no place", "place", "unknown_place", func(j *members.Joining) { j.Birth, j.Place = "1990-01-01", "Atlantis" }},
		{"a NUL", "place", "unreadable", func(j *members.Joining) { j.Birth, j.Place = "1990-01-01", "Nij\x00megen" }},
		{"by plane", "travel", "not_a_choice", func(j *members.Joining) { j.Birth, j.Travel = "1990-01-01", "plane" }},
		{"too far", "reach", "out_of_range", func(j *members.Joining) { j.Birth, j.ReachMetres = "1990-01-01", 200_000 }},
	} {
		j := joining()
		tt.change(&j)
		var problems check.Problems
		_, err := h.Join(t.Context(), secret, j)
		if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != tt.field || problems[0].Rule != tt.rule {
			t.Errorf("%s gave %v, want %s: %s", tt.name, err, tt.field, tt.rule)
		}
	}
	if h.count(countMembers) != before || h.count(`SELECT count(*) FROM members.person WHERE email = 'sam@meent.example'`) != 0 {
		t.Error("a refused form left somebody")
	}
	h.now = h.now.Add(time.Second) // Sam is 18
	if _, err := h.Join(t.Context(), secret, joining()); err != nil {
		t.Errorf("on the birthday: %v", err)
	}
}

func TestWhoIsAMemberStaysAsTheyAre(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, els := h.actor(c, "anna", members.RoleMember), h.actor(c, "els", members.RoleCoach)
	_, secret := h.card(els, members.NewInvitation{})
	j := joining()
	j.Email = "anna@meent.example"
	joined, err := h.Join(t.Context(), secret, j)
	if err != nil || joined.New || joined.Member != anna.Member {
		t.Fatalf("joining again gave %+v, %v", joined, err)
	}
	if coach, err := h.CoachOf(t.Context(), anna); err != nil || !coach.Role.IsZero() {
		t.Errorf("a card gave Anna a coach: %+v, %v", coach, err)
	}
	if profile, err := h.people.Profile(t.Context(), anna); err != nil || profile.Name != "anna" || profile.ReachMetres != 5000 {
		t.Errorf("a card changed Anna: %+v, %v", profile, err)
	}
}

func TestJoinTogether(t *testing.T) {
	h := newHouse(t)
	c, other := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	els, bob, jan := h.actor(c, "els", members.RoleCoach), h.actor(c, "bob", members.RoleCoach), h.actor(c, "jan", members.RoleCoordinator)
	far, anna := h.actor(other, "far", members.RoleCoordinator), h.actor(c, "anna", members.RoleMember)
	card, _ := h.card(els, members.NewInvitation{})
	mailed, err := h.people.Invite(t.Context(), els, members.NewInvitation{Email: "sam@meent.example"})
	if err != nil {
		t.Fatal(err)
	}
	for name, by := range map[string]members.Actor{"another coach": bob, "another cooperative": far, "a member": anna, "a visitor": {}} {
		if _, err := h.JoinTogether(t.Context(), by, card, joining()); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v", name, err)
		}
		if err := h.people.RevokeInvitation(t.Context(), by, card); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s revokes: %v", name, err)
		}
		if _, _, err := h.people.IssueCard(t.Context(), by, card); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s prints: %v", name, err)
		}
		if list, err := h.people.Invitations(t.Context(), by); err != nil || len(list) > 0 {
			t.Errorf("%s lists %+v, %v", name, list, err)
		}
	}
	if _, err := h.JoinTogether(t.Context(), els, mailed, joining()); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("one by mail gave %v", err)
	}
	if _, _, err := h.people.IssueCard(t.Context(), els, mailed); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("printing one by mail gave %v", err)
	}
	own := joining()
	own.Email = "els@meent.example"
	var problems check.Problems
	if _, err := h.JoinTogether(t.Context(), els, card, own); !errors.As(err, &problems) || problems[0].Rule != "own_address" {
		t.Errorf("the coach's own address gave %v", err)
	}
	joined, err := h.JoinTogether(t.Context(), els, card, joining())
	if err != nil {
		t.Fatal(err)
	}
	log, err := h.people.AuditLog(t.Context(), jan, 0)
	if err != nil || log[0].What != "member_joined" || log[0].By != els.Person || log[0].Detail["together"] != "yes" {
		t.Errorf("the deed is %+v, %v", log[0], err)
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'members.membership_moved'`); n != 1 {
		t.Errorf("%d mails tell the member", n)
	}
	if list, err := h.people.Invitations(t.Context(), jan); err != nil || len(list) != 2 {
		t.Errorf("the coordinator lists %+v, %v", list, err)
	}
	if _, err := h.Member(t.Context(), els, joined.Member); err != nil {
		t.Errorf("Els does not follow Sam: %v", err)
	}
}

func TestInviteRefuses(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	els, jan, anna := h.actor(c, "els", members.RoleCoach), h.actor(c, "jan", members.RoleCoordinator), h.actor(c, "anna", members.RoleMember)
	far, ended := h.actor(h.cooperative("Noorderhand"), "far", members.RoleCoordinator), h.municipality(jan, "groningen", false)
	if err := h.people.EndMunicipality(t.Context(), jan, ended); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, field string
		by          members.Actor
		n           members.NewInvitation
	}{
		{"no address", "email", els, members.NewInvitation{}},
		{"a list of addresses", "email", els, members.NewInvitation{Email: "a@b.nl, c@d.nl"}},
		{"a coach's trial", "trial", els, members.NewInvitation{Card: true, Trial: true}},
		{"a trial before the consent", "trial", jan, members.NewInvitation{Card: true, Trial: true, Municipality: h.municipality(jan, "nijmegen", true)}},
		{"a municipality of elsewhere", "municipality", els, members.NewInvitation{Card: true, Municipality: h.municipality(far, "groningen", true)}},
		{"a municipality that ended", "municipality", els, members.NewInvitation{Card: true, Municipality: ended}},
	} {
		var problems check.Problems
		if _, err := h.people.Invite(t.Context(), tt.by, tt.n); !errors.As(err, &problems) || problems[0].Field != tt.field {
			t.Errorf("%s gave %v", tt.name, err)
		}
	}
	if _, err := h.people.Invite(t.Context(), anna, members.NewInvitation{Card: true}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member invites: %v", err)
	}
}
