package coaching_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// why lists the reasons on the coach's list, by who has them.
func (p *pair) why(by members.Actor) string {
	p.t.Helper()
	list, err := p.Caseload(p.t.Context(), by)
	p.must(err)
	var words []string
	for _, one := range list {
		words = append(words, one.Name+":")
		for _, s := range one.Signals {
			words = append(words, string(s.Kind))
		}
	}
	return strings.Join(words, " ")
}

// give is a grant of scopes that no page offers yet, too.
func (p *pair) give(to members.RoleID, until members.Day, scopes ...members.Scope) {
	p.t.Helper()
	p.must(pgx.BeginFunc(p.t.Context(), p.db, func(tx pgx.Tx) error {
		return p.people.GrantTx(p.t.Context(), tx, p.anna, members.NewGrant{Grantee: to, Scopes: scopes, Until: until})
	}))
}

func (p *pair) exec(query string, args ...any) {
	p.t.Helper()
	_, err := p.db.Exec(p.t.Context(), query, args...)
	p.must(err)
}

// readLog is which scopes stand in Anna's log, each as often as there are lines.
func (p *pair) readLog() (scopes []string) {
	p.t.Helper()
	list, _, err := p.people.Reads(p.t.Context(), p.anna, time.Time{})
	p.must(err)
	for _, line := range list {
		scopes = append(scopes, string(line.Scope))
	}
	return scopes
}

// everythingHappens lets each signal be true that needs a key.
func (p *pair) everythingHappens() {
	p.t.Helper()
	for range 3 {
		p.note(coaching.OfferNo, p.now.Add(-time.Hour), newRef())
	}
	p.note(coaching.NoShow, p.now.Add(-2*time.Hour), newRef())
	p.note(coaching.FirstShift, p.now.Add(2*time.Hour), newRef())
	p.note(coaching.SkillConfirmed, p.now.Add(-time.Hour), newRef())
	p.note(coaching.PayWaits, p.now.Add(-time.Hour), newRef())
	ref := newRef()
	p.note(coaching.Shift, p.now.Add(24*time.Hour), ref)
	p.exec(`INSERT INTO coaching.self_score (cooperative_id, member_id, week, given_at, feel, work, next) VALUES ($1, $2, '2026-11-23', $3, 1, 3, 3)`, p.c, p.anna.Member, p.now)
	p.exec(`INSERT INTO members.member_profile (cooperative_id, member_id, hours_wanted, hours_most) VALUES ($1, $2, 1, 1)`, p.c, p.anna.Member)
}

// TestSignalsNeedTheirKeys: each scope opens its own signals, and stands in the
// log when it was read; nothing else does.
func TestSignalsNeedTheirKeys(t *testing.T) {
	p := newPair(t)
	p.everythingHappens()
	if got := p.why(p.els); got != "anna:" || p.logged() != 0 {
		t.Fatalf("without a key: %q, %d lines", got, p.logged())
	}
	for _, step := range []struct {
		scope     members.Scope
		want, log string
	}{
		{members.HoursScope, "anna:", ""}, // alone it opens nothing, so it is not read
		{members.OffersScope, "anna: three_noes", "offers"},
		{members.AgendaScope, "anna: did_not_come first_place work_tomorrow three_noes", "agenda offers"},
		{members.ProfileScope, "anna: did_not_come first_place work_tomorrow hours_near three_noes new_skill", "agenda hours offers profile"},
		{members.SelfScoresScope, "anna: did_not_come low_score first_place work_tomorrow hours_near three_noes new_skill", "agenda hours offers profile self-scores"},
		{members.PayScope, "anna: did_not_come low_score first_place pay_waits work_tomorrow hours_near three_noes new_skill", "agenda hours offers pay profile self-scores"},
	} {
		p.give(p.els.Role, "2027-05-24", step.scope)
		for range 2 { // the second time it stands there already
			if got := p.why(p.els); got != step.want || strings.Join(p.readLog(), " ") != step.log {
				t.Errorf("with %s: %q, want %q; log %q, want %q", step.scope, got, step.want, p.readLog(), step.log)
			}
		}
	}
	p.now = p.now.Add(time.Hour)
	p.why(p.els)
	if n := p.logged(); n != 12 {
		t.Errorf("in another hour there are %d lines, want six more", n)
	}
}

// TestEndedKeysShowNothing on the next request, whether ended by the member, by
// the day or with the coach.
func TestEndedKeysShowNothing(t *testing.T) {
	p := newPair(t)
	p.everythingHappens()
	p.give(p.els.Role, "2027-05-24", members.OffersScope)
	p.give(p.els.Role, "2026-11-24", members.ProfileScope)
	if got := p.why(p.els); got != "anna: three_noes key_ends new_skill" {
		t.Fatalf("with keys: %q", got)
	}
	list, err := p.people.Grants(t.Context(), p.anna)
	p.must(err)
	p.must(p.people.Revoke(t.Context(), p.anna, list[0].ID))
	before := p.logged()
	if got := p.why(p.els); got != "anna: three_noes" {
		t.Errorf("one was ended: %q", got)
	}
	p.give(p.els.Role, "2026-11-24", members.ProfileScope)
	p.now = p.now.Add(24 * time.Hour)
	if got := p.why(p.els); got != "anna: three_noes" || p.logged() != before+1 {
		t.Errorf("after the last day: %q, %d lines after %d", got, p.logged(), before)
	}
	p.must(p.assign(p.c, p.anna, p.bob))
	if els, bob := p.why(p.els), p.why(p.bob); els != "" || bob != "anna:" {
		t.Errorf("after Bob took over Els sees %q and Bob %q", els, bob)
	}
}

// TestKeysOpenNothingElsewhere: another coach's key, another cooperative.
func TestKeysOpenNothingElsewhere(t *testing.T) {
	p := newPair(t)
	p.everythingHappens()
	p.give(p.bob.Role, "2027-05-24", members.Scopes()...)
	other := p.cooperative("Noorderhand")
	far := p.actor(other, "far", members.RoleCoach)
	traveller := p.els
	traveller.Cooperative = other
	for name, by := range map[string]members.Actor{"els": p.els, "far": far, "bob": p.bob, "traveller": traveller, "anna": p.anna} {
		want := map[string]string{"els": "anna:"}[name]
		if got := p.why(by); got != want || p.logged() != 0 {
			t.Errorf("%s sees %q, %d lines", name, got, p.logged())
		}
	}
	p.give(p.els.Role, "2027-05-24", members.OffersScope)
	err := pgx.BeginFunc(t.Context(), p.db, func(tx pgx.Tx) error {
		for name, by := range map[string]members.Actor{"far": far, "traveller": traveller, "anna": p.anna} {
			if keys, err := p.people.KeysTx(t.Context(), tx, by, []members.MemberID{p.anna.Member}, members.Scopes()...); err != nil || len(keys) != 0 {
				t.Errorf("%s reads %v, %v", name, keys, err)
			}
		}
		if keys, err := p.people.KeysTx(t.Context(), tx, p.els, nil, members.OffersScope); err != nil || len(keys) != 0 {
			t.Errorf("nobody: %v, %v", keys, err)
		}
		return nil
	})
	if err != nil || p.logged() != 0 {
		t.Errorf("%v, %d lines", err, p.logged())
	}
}

// TestSignalsWithoutAKey: what the coach did, was asked, or holds.
func TestSignalsWithoutAKey(t *testing.T) {
	p := newPair(t)
	p.now = p.now.Add(15 * 24 * time.Hour)
	if got := p.why(p.els); got != "anna: no_contact" {
		t.Errorf("15 days later: %q", got)
	}
	const contact = `INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, why, logged_at) VALUES ($1, $2, $3, $4, 'call', $5, 10, repeat('x', 40)::bytea, $5)`
	p.exec(contact, newRef(), p.c, p.anna.Member, p.bob.Role, p.now)
	if got := p.why(p.els); got != "anna: no_contact" {
		t.Errorf("after somebody else's contact: %q", got)
	}
	p.exec(contact, newRef(), p.c, p.anna.Member, p.els.Role, p.now.Add(-24*time.Hour))
	p.exec(contact, newRef(), p.c, p.anna.Member, p.els.Role, p.now.Add(-40*24*time.Hour))
	if got := p.why(p.els); got != "anna:" {
		t.Errorf("after a contact: %q", got)
	}
	_, err := p.Ask(t.Context(), p.anna, coaching.NewQuestion{Text: "Mag ik iets vragen?"})
	p.must(err)
	p.exec(`UPDATE members.member SET state = 'trial', trial_at = $2, trial_until = '2026-12-20' WHERE id = $1`, p.anna.Member, p.now)
	p.give(p.els.Role, "2026-12-20", members.ActForMeScope)
	if got := p.why(p.els); got != "anna: question trial_ends key_ends" || p.logged() != 0 {
		t.Errorf("a question, a trial and a key that ends: %q, %d lines", got, p.logged())
	}
	p.give(p.els.Role, "2027-05-24", members.ActForMeScope)
	p.exec(`UPDATE coaching.question SET state = 'answered', answered_at = asked_at, answered_by = $1, answer = text`, p.els.Role)
	if got := p.why(p.els); got != "anna: trial_ends" {
		t.Errorf("answered and extended: %q", got)
	}
}

// TestConfirmedSkillIsAFact once, and a signal.
func TestConfirmedSkillIsAFact(t *testing.T) {
	p := newPair(t)
	p.give(p.els.Role, "2027-05-24", members.ProfileScope)
	p.exec(`INSERT INTO members.member_skill (cooperative_id, member_id, skill_code) SELECT $1, $2, min(code) FROM members.skill`, p.c, p.anna.Member)
	var skill string
	p.must(p.db.QueryRow(t.Context(), `SELECT skill_code FROM members.member_skill`).Scan(&skill))
	for range 2 {
		p.must(p.ConfirmSkill(t.Context(), p.els, p.anna.Member, skill))
	}
	var facts int
	p.must(p.db.QueryRow(t.Context(), `SELECT count(*) FROM coaching.fact WHERE kind = 'skill_confirmed' AND member_id = $1`, p.anna.Member).Scan(&facts))
	if got := p.why(p.els); got != "anna: new_skill" || facts != 1 {
		t.Errorf("%q, %d facts", got, facts)
	}
}

// TestCaseloadWhileKeysEnd: pages and members who end and give several keys at
// once never wait for each other in a circle, and a key that was ended opens
// nothing.
func TestCaseloadWhileKeysEnd(t *testing.T) {
	p := newPair(t)
	p.everythingHappens()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 15 {
				if _, err := p.Caseload(p.t.Context(), p.els); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 15 {
				err := pgx.BeginFunc(t.Context(), p.db, func(tx pgx.Tx) error {
					return p.people.GrantTx(t.Context(), tx, p.anna, members.NewGrant{Grantee: p.els.Role, Scopes: members.Scopes(), Until: "2027-05-24"})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	p.exec(`UPDATE members.access_grant SET revoked_at = granted_at`)
	if got := p.why(p.els); got != "anna:" {
		t.Errorf("all are ended: %q", got)
	}
}

// TestFactsOfSignalsCanBeNoted and nothing else can.
func TestFactsOfSignalsCanBeNoted(t *testing.T) {
	p := newPair(t)
	for _, kind := range []coaching.Kind{coaching.NoShow, coaching.FirstShift, coaching.SkillConfirmed} {
		p.note(kind, p.now, newRef())
		f := coaching.Fact{Cooperative: id.NewCooperative(nil), Member: p.anna.Member, Kind: kind, At: p.now, Ref: newRef()}
		if p.tryNote(f) == nil {
			t.Errorf("%s of another cooperative was noted", kind)
		}
	}
	p.must(p.grant(members.AgendaScope, members.ProfileScope))
	if got := p.sees(p.els); got != "agenda first_shift no_show" { // the profile has a page of its own
		t.Errorf("the timeline has %q", got)
	}
}
