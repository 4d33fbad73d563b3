package coaching_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// contact is one that nobody refuses.
func (p *pair) contact() coaching.NewContact {
	return coaching.NewContact{ID: id.New[coaching.Contact](nil), Member: p.anna.Member, Kind: coaching.Call, Minutes: 15,
		Why: "Ze durfde de klant niet te bellen.", Next: "Samen bellen op dinsdag."}
}

func (p *pair) log(by members.Actor, change ...func(*coaching.NewContact)) error {
	p.t.Helper()
	n := p.contact()
	for _, f := range change {
		f(&n)
	}
	return p.LogContact(p.t.Context(), by, n)
}

func (p *pair) count(query string, args ...any) (n int) {
	p.t.Helper()
	p.must(p.db.QueryRow(p.t.Context(), query, args...).Scan(&n))
	return n
}

func (p *pair) contacts() int { p.t.Helper(); return p.count(`SELECT count(*) FROM coaching.contact`) }

func TestLogContactAndTheMemberReadsIt(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	n := p.contact()
	n.At = p.now.Add(-3 * time.Hour)
	p.must(p.LogContact(t.Context(), p.els, n))
	want := []coaching.Contact{{ID: n.ID, Member: p.anna.Member, Coach: p.els.Role, By: "els", Kind: coaching.Call, At: n.At, Minutes: 15,
		Why: n.Why, Next: n.Next, Logged: p.now}}
	utc := cmp.Transformer("utc", func(at time.Time) string { return at.UTC().String() })
	own, err := p.OwnContacts(t.Context(), p.anna, coaching.ContactID{})
	if diff := cmp.Diff(want, own.List, utc); err != nil || diff != "" {
		t.Errorf("Anna reads (-want +got) %v\n%s", err, diff)
	}
	list, err := p.Contacts(t.Context(), p.els, p.anna.Member, coaching.ContactID{})
	if diff := cmp.Diff(want, list.List, utc); err != nil || diff != "" || list.Count != 1 || list.Minutes != 15 || list.Older {
		t.Errorf("Els reads %+v %v\n%s", list, err, diff)
	}
	if p.logged() != 1 {
		t.Errorf("%d lines in Anna's access log, want one an hour", p.logged())
	}
	for _, words := range []string{"klant", "dinsdag"} {
		if p.count(`SELECT count(*) FROM coaching.contact WHERE position($1::bytea IN why || next) > 0`, []byte(words)) > 0 {
			t.Errorf("%q stands there unsealed", words)
		}
	}
	if got := p.count(`SELECT count(*) FROM members.audit WHERE what = 'contact_logged' AND ref = $1`, "contact:"+n.ID.String()); got != 1 {
		t.Errorf("%d deeds", got)
	}
}

// TestSentTwiceIsKeptOnce: also at once, and whatever the second says.
func TestSentTwiceIsKeptOnce(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	n := p.contact()
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			if err := p.LogContact(t.Context(), p.els, n); err != nil {
				t.Errorf("sent at once: %v", err)
			}
		})
	}
	both.Wait()
	again := n
	again.Why, again.Minutes = "Iets anders.", 60
	p.must(p.LogContact(t.Context(), p.els, again))
	own, err := p.OwnContacts(t.Context(), p.anna, coaching.ContactID{})
	if err != nil || len(own.List) != 1 || own.List[0].Why != n.Why || own.Minutes != 15 {
		t.Errorf("Anna reads %+v, %v", own, err)
	}
	if got := p.count(`SELECT count(*) FROM members.audit WHERE what = 'contact_logged'`); got != 1 {
		t.Errorf("%d deeds for one contact", got)
	}
	p.stop(members.SharedNotesScope)
	p.must(p.LogContact(t.Context(), p.els, n)) // it is there: the phone need not keep it
}

// stop revokes what is granted of a scope.
func (p *pair) stop(scope members.Scope) {
	p.t.Helper()
	list, err := p.people.Grants(p.t.Context(), p.anna)
	p.must(err)
	for _, g := range list {
		if g.Scope == scope {
			p.must(p.people.Revoke(p.t.Context(), p.anna, g.ID))
		}
	}
}

func TestNobodyElseLogs(t *testing.T) {
	p := newPair(t)
	other := p.cooperative("Noorderhand")
	far, zoe, jan := p.actor(other, "far", members.RoleCoach), p.actor(other, "zoe", members.RoleMember), p.actor(p.c, "jan", members.RoleCoordinator)
	if err := p.log(p.els); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant: %v", err)
	}
	p.must(p.grant(members.ProfileScope, members.OffersScope))
	if err := p.log(p.els); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("with another grant: %v", err)
	}
	p.must(p.grant(members.SharedNotesScope))
	for name, by := range map[string]members.Actor{"another coach": p.bob, "a coach elsewhere": far, "a member elsewhere": zoe, "the member": p.anna, "a coordinator": jan, "nobody": {}} {
		if err := p.log(by); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s logs: %v", name, err)
		}
		if _, err := p.Contacts(t.Context(), by, p.anna.Member, coaching.ContactID{}); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
	}
	if err := p.log(p.els, func(n *coaching.NewContact) { n.Member = zoe.Member }); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member elsewhere: %v", err)
	}
	for name, by := range map[string]members.Actor{"a coach": p.els, "somebody elsewhere": zoe, "a coordinator": jan} {
		if list, err := p.OwnContacts(t.Context(), by, coaching.ContactID{}); err != nil || len(list.List) > 0 {
			t.Errorf("%s has notes %+v, %v", name, list, err)
		}
	}
	if p.contacts() != 0 {
		t.Errorf("%d contacts were kept", p.contacts())
	}
}

// TestSentAfterItWasStopped: what a phone kept is refused when it comes too late.
func TestSentAfterItWasStopped(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	p.must(p.log(p.els))
	p.now = p.now.Add(time.Hour)
	p.stop(members.SharedNotesScope)
	earlier := func(n *coaching.NewContact) { n.At = p.now.Add(-50 * time.Minute) } // when it was allowed
	if err := p.log(p.els, earlier); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("after revoking: %v", err)
	}
	p.must(p.grant(members.SharedNotesScope))
	p.must(p.assign(p.c, p.anna, p.bob))
	if err := p.log(p.els, earlier); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after the hand-over: %v", err)
	}
	if _, err := p.Contacts(t.Context(), p.bob, p.anna.Member, coaching.ContactID{}); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("the new coach without a grant of their own: %v", err)
	}
	p.must(p.Grant(t.Context(), p.anna, members.NewGrant{Grantee: p.bob.Role, Scopes: []members.Scope{members.SharedNotesScope}, Until: "2026-12-24"}))
	list, err := p.Contacts(t.Context(), p.bob, p.anna.Member, coaching.ContactID{})
	if err != nil || len(list.List) != 1 || list.List[0].By != "els" {
		t.Errorf("the new coach reads %+v, %v", list, err)
	}
	p.now = p.now.Add(60 * 24 * time.Hour)
	if err := p.log(p.bob); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("after the last day: %v", err)
	}
	if p.contacts() != 1 {
		t.Errorf("%d contacts", p.contacts())
	}
}

func TestWhoLeftIsLeftAlone(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	_, err := p.db.Exec(t.Context(), `UPDATE members.member SET state = 'alumni', alumni_at = $2 WHERE id = $1`, p.anna.Member, p.now)
	p.must(err)
	if err := p.log(p.els); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a contact with somebody who left: %v", err)
	}
	if _, err := p.ContactGoals(t.Context(), p.els, p.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the form for somebody who left: %v", err)
	}
}

// TestIDsOfOthers: an id that is taken tells nothing and changes nothing.
func TestIDsOfOthers(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	n := p.contact()
	p.must(p.LogContact(t.Context(), p.els, n))
	kim := p.actor(p.c, "kim", members.RoleMember)
	p.must(p.assign(p.c, kim, p.els))
	p.must(p.Grant(t.Context(), kim, members.NewGrant{Grantee: p.els.Role, Scopes: []members.Scope{members.SharedNotesScope}, Until: "2026-12-24"}))
	ofKim := n
	ofKim.Member = kim.Member
	p.must(p.assign(p.c, p.anna, p.bob))
	p.must(p.Grant(t.Context(), p.anna, members.NewGrant{Grantee: p.bob.Role, Scopes: []members.Scope{members.SharedNotesScope}, Until: "2026-12-24"}))
	for name, err := range map[string]error{
		"another member":   p.LogContact(t.Context(), p.els, ofKim),
		"another coach":    p.LogContact(t.Context(), p.bob, n),
		"no id":            p.log(p.bob, func(n *coaching.NewContact) { n.ID = coaching.ContactID{} }),
		"not one's own":    p.TakeBack(t.Context(), p.bob, p.anna.Member, n.ID),
		"not this member":  p.TakeBack(t.Context(), p.els, kim.Member, n.ID),
		"not any more":     p.TakeBack(t.Context(), p.els, p.anna.Member, n.ID),
		"none to take":     p.TakeBack(t.Context(), p.els, kim.Member, id.New[coaching.Contact](nil)),
		"the member takes": p.TakeBack(t.Context(), p.anna, p.anna.Member, n.ID),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	own, err := p.OwnContacts(t.Context(), p.anna, coaching.ContactID{})
	if err != nil || len(own.List) != 1 || own.List[0].By != "els" || own.List[0].Why != n.Why {
		t.Errorf("Anna reads %+v, %v", own, err)
	}
}

func TestContactsAreRead(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	kim := p.actor(p.c, "kim", members.RoleMember)
	hers, other := p.goal(p.anna), p.goal(kim)
	for name, test := range map[string]struct {
		field, rule string
		spoil       func(*coaching.NewContact)
	}{
		"a strange kind":       {"kind", "not_a_choice", func(n *coaching.NewContact) { n.Kind = "therapy" }},
		"no minutes":           {"minutes", "out_of_range", func(n *coaching.NewContact) { n.Minutes = 0 }},
		"less than none":       {"minutes", "out_of_range", func(n *coaching.NewContact) { n.Minutes = -15 }},
		"more than ten hours":  {"minutes", "out_of_range", func(n *coaching.NewContact) { n.Minutes = 601 }},
		"no reason":            {"why", "missing", func(n *coaching.NewContact) { n.Why = " \n " }},
		"a long reason":        {"why", "too_long", func(n *coaching.NewContact) { n.Why = strings.Repeat("é", 501) }},
		"broken letters":       {"why", "unreadable", func(n *coaching.NewContact) { n.Why = "\xff" }},
		"a long step":          {"next", "too_long", func(n *coaching.NewContact) { n.Next = strings.Repeat("é", 301) }},
		"to come":              {"at", "not_yet", func(n *coaching.NewContact) { n.At = p.now.Add(6 * time.Minute) }},
		"long ago":             {"at", "too_old", func(n *coaching.NewContact) { n.At = p.now.Add(-32 * 24 * time.Hour) }},
		"somebody else's goal": {"goal", "not_a_choice", func(n *coaching.NewContact) { n.Goal = other }},
		"nobody's goal":        {"goal", "not_a_choice", func(n *coaching.NewContact) { n.Goal = id.New[coaching.Goal](nil) }},
	} {
		var problems check.Problems
		if err := p.log(p.els, test.spoil); !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != test.field || problems[0].Rule != test.rule {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p.contacts() != 0 {
		t.Fatalf("%d contacts were kept", p.contacts())
	}
	for name, fill := range map[string]func(*coaching.NewContact){
		"the longest words": func(n *coaching.NewContact) { n.Why, n.Next = strings.Repeat("é", 500), strings.Repeat("é", 300) },
		"no next step":      func(n *coaching.NewContact) { n.Next = "" },
		"a fast clock":      func(n *coaching.NewContact) { n.At = p.now.Add(4 * time.Minute) },
		"a month ago":       func(n *coaching.NewContact) { n.At = p.now.Add(-31 * 24 * time.Hour) },
		"ten hours":         func(n *coaching.NewContact) { n.Minutes = 600 },
		"her goal":          func(n *coaching.NewContact) { n.Goal = hers },
	} {
		if err := p.log(p.els, fill); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := p.count(`SELECT count(*) FROM coaching.contact WHERE goal_id = $1`, hers); got != 1 {
		t.Errorf("%d contacts for her goal", got)
	}
}

// goal writes down an open one.
func (p *pair) goal(of members.Actor) (goal coaching.GoalID) {
	p.t.Helper()
	goal = id.New[coaching.Goal](nil)
	p.must(pgx.BeginFunc(p.t.Context(), p.db, func(tx pgx.Tx) error {
		text, err := p.people.SealTx(p.t.Context(), tx, of.Person, "goal.text@"+goal.String(), "Zelf bellen")
		if err == nil {
			_, err = tx.Exec(p.t.Context(), `INSERT INTO coaching.goal (id, cooperative_id, member_id, text, state, made_at, made_by)
				VALUES ($1, $2, $3, $4, 'open', $5, $6)`, goal, of.Cooperative, of.Member, text, p.now, of.Role)
		}
		return err
	}))
	return goal
}

func TestGoalsToChooseFrom(t *testing.T) {
	p := newPair(t)
	goal, over := p.goal(p.anna), p.goal(p.anna)
	_, err := p.db.Exec(t.Context(), `UPDATE coaching.goal SET state = 'met', ended_at = made_at WHERE id = $1`, over)
	p.must(err)
	if _, err := p.ContactGoals(t.Context(), p.els, p.anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant: %v", err)
	}
	p.must(p.grant(members.SharedNotesScope))
	if goals, err := p.ContactGoals(t.Context(), p.els, p.anna.Member); err != nil || len(goals) > 0 {
		t.Errorf("without a grant for progress: %+v, %v", goals, err)
	}
	p.must(pgx.BeginFunc(t.Context(), p.db, func(tx pgx.Tx) error {
		return p.people.GrantTx(t.Context(), tx, p.anna, members.NewGrant{Grantee: p.els.Role, Scopes: []members.Scope{members.ProgressScope}, Until: "2026-12-24"})
	}))
	goals, err := p.ContactGoals(t.Context(), p.els, p.anna.Member)
	if err != nil || len(goals) != 1 || goals[0].ID != goal || goals[0].Text != "Zelf bellen" {
		t.Errorf("the goals are %+v, %v", goals, err)
	}
}

func TestTakeBackWithinADay(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	first, second := p.contact(), p.contact()
	p.must(errors.Join(p.LogContact(t.Context(), p.els, first), p.LogContact(t.Context(), p.els, second)))
	p.now = p.now.Add(24*time.Hour - time.Minute)
	p.must(p.TakeBack(t.Context(), p.els, p.anna.Member, first.ID))
	p.now = p.now.Add(time.Minute)
	if err := p.TakeBack(t.Context(), p.els, p.anna.Member, second.ID); !errors.Is(err, coaching.ErrContactStays) {
		t.Errorf("after a day: %v", err)
	}
	own, err := p.OwnContacts(t.Context(), p.anna, coaching.ContactID{})
	if err != nil || len(own.List) != 1 || own.List[0].ID != second.ID {
		t.Errorf("Anna reads %+v, %v", own, err)
	}
	deeds := p.count(`SELECT count(*) FROM members.audit WHERE what = 'contact_taken_back' AND ref = $1`, "contact:"+first.ID.String())
	told := p.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.contact_taken_back'`)
	if deeds != 1 || told != 1 {
		t.Errorf("%d deeds, told %d times", deeds, told)
	}
}

// TestToldOnceADay: by the clocks in the Netherlands.
func TestToldOnceADay(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	told := func() int { return p.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.contact_logged'`) }
	for range 3 {
		p.must(p.log(p.els, func(n *coaching.NewContact) { n.At = p.now.Add(-30 * 24 * time.Hour) }))
	}
	if told() != 1 {
		t.Errorf("told %d times on the first day", told())
	}
	p.now = time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC) // half past midnight
	p.must(p.log(p.els))
	if told() != 2 {
		t.Errorf("told %d times on two days", told())
	}
}

// TestContactPages walks through contacts of which many were at once.
func TestContactPages(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.SharedNotesScope))
	const all = 2*coaching.ContactsPage + 3
	for i := range all {
		p.must(p.log(p.els, func(n *coaching.NewContact) { n.At = p.now.Add(-time.Duration(i/20) * time.Hour) }))
	}
	seen := map[coaching.ContactID]bool{}
	var before coaching.ContactID
	var sizes []int
	for more := true; more; {
		list, err := p.OwnContacts(t.Context(), p.anna, before)
		p.must(err)
		for _, c := range list.List {
			seen[c.ID], before = true, c.ID
		}
		sizes, more = append(sizes, len(list.List)), list.Older
	}
	if diff := cmp.Diff([]int{coaching.ContactsPage, coaching.ContactsPage, 3}, sizes); diff != "" || len(seen) != all {
		t.Errorf("%d contacts, pages (-want +got):\n%s", len(seen), diff)
	}
}
