package coaching_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// pair is a member with a coach, and a coach of nobody.
type pair struct {
	*house
	c              id.Cooperative
	anna, els, bob members.Actor
}

func newPair(t *testing.T) *pair {
	t.Helper()
	h := newHouse(t)
	p := &pair{house: h, c: h.cooperative("Waalkracht")}
	p.anna = h.actor(p.c, "anna", members.RoleMember)
	p.els, p.bob = h.actor(p.c, "els", members.RoleCoach), h.actor(p.c, "bob", members.RoleCoach)
	p.must(h.assign(p.c, p.anna, p.els))
	return p
}

func (p *pair) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *pair) note(kind coaching.Kind, at time.Time, ref string) {
	p.t.Helper()
	p.must(p.tryNote(coaching.Fact{Cooperative: p.c, Member: p.anna.Member, Kind: kind, At: at, Minutes: 90, Ref: ref}))
}

func (p *pair) tryNote(f coaching.Fact) error {
	return pgx.BeginFunc(p.t.Context(), p.db, func(tx pgx.Tx) error { return coaching.NoteTx(p.t.Context(), tx, f) })
}

func newRef() string { return id.New[string](nil).String() }

func (p *pair) grant(scopes ...members.Scope) error {
	return p.Grant(p.t.Context(), p.anna, members.NewGrant{Grantee: p.els.Role, Scopes: scopes, Until: "2027-05-24"})
}

// sees is the kinds on the coach's page, and the parts that are granted.
func (p *pair) sees(by members.Actor) string {
	p.t.Helper()
	timeline, err := p.Timeline(p.t.Context(), by, p.anna.Member, coaching.FactID{})
	if err != nil {
		return err.Error()
	}
	var words []string
	for _, part := range timeline.Parts {
		if part.Granted() {
			words = append(words, string(part.Scope))
		}
	}
	for _, f := range timeline.Facts {
		words = append(words, string(f.Kind))
	}
	return strings.Join(words, " ")
}

func (p *pair) logged() int {
	p.t.Helper()
	list, _, err := p.people.Reads(p.t.Context(), p.anna, time.Time{})
	p.must(err)
	return len(list)
}

func TestTimelineShowsWhatIsGranted(t *testing.T) {
	p := newPair(t)
	p.note(coaching.OfferSent, p.now.Add(-3*time.Hour), newRef())
	p.note(coaching.OfferYes, p.now.Add(-2*time.Hour), newRef())
	p.note(coaching.Shift, p.now.Add(48*time.Hour), newRef())
	p.note(coaching.HoursAgreed, p.now.Add(-time.Hour), newRef())
	p.note(coaching.Paid, p.now, newRef())
	if got := p.sees(p.els); got != "" || p.logged() != 0 {
		t.Errorf("without a grant: %q, %d lines in the log", got, p.logged())
	}
	p.must(p.grant(members.OffersScope, members.HoursScope))
	if got := p.sees(p.els); got != "offers hours hours_agreed offer_yes offer_sent" {
		t.Errorf("with two scopes: %q", got)
	}
	p.must(p.grant(members.AgendaScope, members.PayScope))
	if got := p.sees(p.els); got != "offers agenda hours pay shift paid hours_agreed offer_yes offer_sent" {
		t.Errorf("with all: %q", got)
	}
	if p.logged() != 4 {
		t.Errorf("%d lines in the log, want one a scope", p.logged())
	}
}

// TestRevokeBetweenTwoRequests: the second sees nothing and leaves no line.
func TestRevokeBetweenTwoRequests(t *testing.T) {
	p := newPair(t)
	p.note(coaching.OfferSent, p.now, newRef())
	p.must(p.grant(members.OffersScope))
	if got := p.sees(p.els); got != "offers offer_sent" || p.logged() != 1 {
		t.Fatalf("first: %q, %d lines", got, p.logged())
	}
	list, err := p.people.Grants(t.Context(), p.anna)
	p.must(err)
	p.must(p.people.Revoke(t.Context(), p.anna, list[0].ID))
	p.now = p.now.Add(2 * time.Hour) // another hour would be another line
	if got := p.sees(p.els); got != "" || p.logged() != 1 {
		t.Errorf("second: %q, %d lines", got, p.logged())
	}
}

func TestOnlyOnesOwnCoach(t *testing.T) {
	p := newPair(t)
	other := p.cooperative("Noorderhand")
	far, zoe := p.actor(other, "far", members.RoleCoach), p.actor(other, "zoe", members.RoleMember)
	for name, to := range map[string]members.RoleID{"somebody else's coach": p.bob.Role, "a coach elsewhere": far.Role, "nobody": {}} {
		var problems check.Problems
		err := p.Grant(t.Context(), p.anna, members.NewGrant{Grantee: to, Scopes: coaching.Scopes(), Until: "2027-05-24"})
		if !errors.As(err, &problems) || !problems.At("coach") {
			t.Errorf("to %s: %v", name, err)
		}
	}
	if err := p.Grant(t.Context(), p.els, members.NewGrant{Grantee: p.els.Role, Scopes: coaching.Scopes(), Until: "2027-05-24"}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a coach gives herself: %v", err)
	}
	p.must(p.grant(coaching.Scopes()...))
	for name, by := range map[string]members.Actor{"another coach": p.bob, "a coach elsewhere": far, "a member": zoe, "the member": p.anna} {
		if got := p.sees(by); got != members.ErrNotFound.Error() {
			t.Errorf("%s sees %q", name, got)
		}
	}
	if p.logged() != 0 {
		t.Error("a refused reading stands in the log")
	}
}

// TestAnotherCoachEndsTheGrants: also when the first comes back.
func TestAnotherCoachEndsTheGrants(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.OffersScope))
	p.must(p.assign(p.c, p.anna, p.els)) // the same again changes nothing
	if got := p.sees(p.els); got != "offers" {
		t.Errorf("assigned again: %q", got)
	}
	p.must(p.assign(p.c, p.anna, p.bob))
	if got := p.sees(p.bob); got != "" {
		t.Errorf("who took over sees %q", got)
	}
	if got := p.sees(p.els); got != members.ErrNotFound.Error() {
		t.Errorf("who was coach sees %q", got)
	}
	p.must(p.assign(p.c, p.anna, p.els))
	if got := p.sees(p.els); got != "" {
		t.Errorf("who came back sees %q", got)
	}
}

func TestFactsAreNotedOnce(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(coaching.Scopes()...))
	ref := newRef()
	for range 3 {
		p.note(coaching.OfferSent, p.now, ref)
	}
	p.note(coaching.OfferYes, p.now.Add(time.Minute), ref)
	p.note(coaching.OfferSent, p.now.Add(time.Minute), newRef()) // at once, and after it
	if got := p.sees(p.els); got != "offers agenda hours pay offer_sent offer_yes offer_sent" {
		t.Errorf("noted: %q", got)
	}
	good := coaching.Fact{Cooperative: p.c, Member: p.anna.Member, Kind: coaching.Paid, At: p.now, Ref: newRef()}
	for name, spoil := range map[string]func(*coaching.Fact){
		"a strange kind":       func(f *coaching.Fact) { f.Kind = "diagnosis" },
		"a reference in words": func(f *coaching.Fact) { f.Ref = "anna is ziek" },
		"another cooperative":  func(f *coaching.Fact) { f.Cooperative = id.NewCooperative(nil) },
		"less than no time":    func(f *coaching.Fact) { f.Minutes = -1 },
	} {
		f := good
		spoil(&f)
		if p.tryNote(f) == nil {
			t.Errorf("%s was noted", name)
		}
	}
}

// TestTimelinePages walks through facts of which many happened at once.
func TestTimelinePages(t *testing.T) {
	p := newPair(t)
	p.must(p.grant(members.OffersScope))
	const all = 2*coaching.TimelinePage + 3
	for i := range all {
		p.note(coaching.OfferSent, p.now.Add(time.Duration(i/20)*time.Hour), newRef())
	}
	var seen []coaching.FactID
	var sizes []int
	var before coaching.FactID
	for more := true; more; {
		timeline, err := p.Timeline(t.Context(), p.els, p.anna.Member, before)
		p.must(err)
		for _, f := range timeline.Facts {
			if slices.Contains(seen, f.ID) {
				t.Fatal("a fact came twice")
			}
			seen = append(seen, f.ID)
		}
		sizes, more, before = append(sizes, len(timeline.Facts)), timeline.Older, seen[len(seen)-1]
	}
	if diff := cmp.Diff([]int{coaching.TimelinePage, coaching.TimelinePage, 3}, sizes); diff != "" || len(seen) != all {
		t.Errorf("%d facts, pages (-want +got):\n%s", len(seen), diff)
	}
}
