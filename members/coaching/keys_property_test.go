package coaching_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/members"
	"meent/members/coaching"
)

// keyring is what should hold, told in Go beside the Service on Postgres: who
// follows one member, which keys they gave, and which lines their log has. It
// knows nothing of tables.
type keyring struct {
	coach   int // who follows; -1: nobody
	stands  []*modelStandIn
	keys    map[modelKey]members.Day // live or over, until that day; no entry: none
	over    *modelHandOver           // that is open
	log     map[string]bool          // coach scope hour
	member  members.Actor
	coaches []members.Actor
	today   members.Day
}

type modelKey struct {
	coach int
	scope members.Scope
}

type modelStandIn struct {
	coach, colleague int
	from, until      members.Day
	ended            bool
}

type modelHandOver struct {
	id     coaching.HandOverID
	to     int
	day    members.Day
	agreed bool
}

// follows says whether the coach may see that there is such a member, today.
func (k *keyring) follows(coach int) bool {
	return k.coach == coach || slices.ContainsFunc(k.stands, func(s *modelStandIn) bool {
		return !s.ended && s.coach == k.coach && s.colleague == coach && s.from <= k.today && k.today <= s.until
	})
}

// until is how long a key for this coach may last; empty: they get none.
func (k *keyring) until(coach int) (last members.Day) {
	if k.coach == coach {
		return "9999-12-31"
	}
	for _, s := range k.stands {
		if !s.ended && s.coach == k.coach && s.colleague == coach && s.until >= k.today {
			last = max(last, s.until)
		}
	}
	return last
}

func (k *keyring) live(coach int, scope members.Scope) bool {
	until, ok := k.keys[modelKey{coach, scope}]
	return ok && until >= k.today
}

func (k *keyring) takeBack(coach int) {
	for key := range k.keys {
		if key.coach == coach {
			delete(k.keys, key)
		}
	}
}

// moves lets somebody else follow, or nobody: what rested on the former ends.
func (k *keyring) moves(to int) {
	if k.coach == to {
		return
	}
	k.takeBack(k.coach)
	for _, s := range k.stands {
		if !s.ended && s.until >= k.today {
			s.ended = true
			k.takeBack(s.colleague)
		}
	}
	k.coach, k.over = to, nil
}

// TestNoReadWithoutALiveKey plays random lives of one member and three coaches:
// whatever happened before, a coach reads exactly what the member lets them at
// that moment, and each reading has its line.
func TestNoReadWithoutALiveKey(t *testing.T) {
	o := newOffice(t)
	coaches := []members.Actor{o.els, o.bob, o.actor(o.c, "kim", members.RoleCoach)}
	start, people := o.now, 0
	rapid.Check(t, func(r *rapid.T) {
		o.now = start
		people++
		k := &keyring{coach: 0, keys: map[modelKey]members.Day{}, log: map[string]bool{}, coaches: coaches,
			member: o.actor(o.c, fmt.Sprintf("lid%d", people), members.RoleMember)}
		o.must(o.assign(o.c, k.member, coaches[0]))
		for range rapid.IntRange(4, 24).Draw(r, "steps") {
			o.now = o.now.Add(time.Second)
			k.today = members.DayOf(o.now)
			o.step(r, k)
		}
		for coach := range coaches { // and at the end everybody tries
			o.tries(r, k, coach)
		}
		o.logIs(r, k)
	})
}

func (o *office) step(r *rapid.T, k *keyring) {
	someone := func(name string) int { return rapid.IntRange(0, len(k.coaches)-1).Draw(r, name) }
	switch rapid.SampledFrom([]string{"give", "give", "give", "read", "read", "read", "revoke", "assign", "end", "stand", "stand", "unstand", "propose", "answer", "withdraw", "days"}).Draw(r, "what") {
	case "give":
		o.gives(r, k, someone("to"))
	case "read":
		o.tries(r, k, someone("who"))
	case "revoke":
		o.revokesOne(r, k)
	case "assign":
		to := someone("to")
		o.must(o.Reassign(o.t.Context(), o.noor, k.member.Member, k.coaches[to].Role, "Voor de proef."))
		k.moves(to)
	case "end":
		if err := o.End(o.t.Context(), o.noor, k.member.Member); (err == nil) != (k.coach >= 0) {
			r.Fatalf("ending gave %v", err)
		}
		k.moves(-1)
	case "stand":
		o.namesStandIn(r, k, someone("colleague"))
	case "unstand":
		o.unstands(r, k)
	case "propose":
		o.proposes(r, k, someone("to"))
	case "answer":
		o.answers(r, k)
	case "withdraw":
		if k.over != nil {
			o.must(o.WithdrawHandOver(o.t.Context(), o.noor, k.over.id))
			k.over = nil
		}
	case "days":
		o.passes(r, k)
	}
}

func (o *office) gives(r *rapid.T, k *keyring, to int) {
	scope := rapid.SampledFrom([]members.Scope{members.OffersScope, members.AgendaScope, members.HoursScope, members.PayScope}).Draw(r, "scope")
	until := k.today.AddDays(rapid.IntRange(-1, 9).Draw(r, "days"))
	err := o.Grant(o.t.Context(), k.member, members.NewGrant{Grantee: k.coaches[to].Role, Scopes: []members.Scope{scope}, Until: until})
	last := k.until(to)
	if allowed := until >= k.today && last != "" && until <= last; allowed != (err == nil) {
		r.Fatalf("a key for %d until %s (last %q, today %s) gave %v", to, until, last, k.today, err)
	}
	if err == nil {
		k.keys[modelKey{to, scope}] = until
	}
}

// tries lets a coach ask for the timeline.
func (o *office) tries(r *rapid.T, k *keyring, coach int) {
	timeline, err := o.Timeline(o.t.Context(), k.coaches[coach], k.member.Member, coaching.FactID{})
	if !k.follows(coach) {
		if !errors.Is(err, members.ErrNotFound) {
			r.Fatalf("coach %d does not follow, and got %v", coach, err)
		}
		return
	}
	if err != nil {
		r.Fatalf("coach %d follows, and got %v", coach, err)
	}
	for _, part := range timeline.Parts {
		if part.Granted() != k.live(coach, part.Scope) {
			r.Fatalf("coach %d reads %s: %v, the key is live: %v", coach, part.Scope, part.Granted(), k.live(coach, part.Scope))
		}
		if part.Granted() {
			k.log[fmt.Sprint(k.coaches[coach].Role, part.Scope, o.now.Truncate(time.Hour).Unix())] = true
		}
	}
}

func (o *office) revokesOne(r *rapid.T, k *keyring) {
	list, err := o.people.Grants(o.t.Context(), k.member)
	o.must(err)
	alive := 0
	for key := range k.keys {
		if k.live(key.coach, key.scope) {
			alive++
		}
	}
	if len(list) != alive {
		r.Fatalf("%d keys are listed, want %d", len(list), alive)
	}
	if len(list) == 0 {
		return
	}
	one := list[rapid.IntRange(0, len(list)-1).Draw(r, "key")]
	o.must(o.people.Revoke(o.t.Context(), k.member, one.ID))
	delete(k.keys, modelKey{slices.IndexFunc(k.coaches, func(a members.Actor) bool { return a.Role == one.Grantee }), one.Scope})
}

// namesStandIn lets the coach of the member name a colleague, or fail to.
func (o *office) namesStandIn(r *rapid.T, k *keyring, colleague int) {
	if k.coach < 0 {
		return
	}
	from := k.today.AddDays(rapid.IntRange(0, 4).Draw(r, "from"))
	until := from.AddDays(rapid.IntRange(0, 6).Draw(r, "long"))
	err := o.NameStandIn(o.t.Context(), k.coaches[k.coach], coaching.NewStandIn{Colleague: k.coaches[colleague].Role,
		Members: []members.MemberID{k.member.Member}, From: from, Until: until})
	taken := slices.ContainsFunc(k.stands, func(s *modelStandIn) bool { return !s.ended && s.from <= until && s.until >= from })
	if allowed := colleague != k.coach && !taken; allowed != (err == nil) {
		r.Fatalf("standing in from %s to %s gave %v", from, until, err)
	}
	if err == nil {
		k.stands = append(k.stands, &modelStandIn{coach: k.coach, colleague: colleague, from: from, until: until})
	}
}

// unstands ends the first one that is not over.
func (o *office) unstands(r *rapid.T, k *keyring) {
	all, err := o.StandIns(o.t.Context(), o.noor)
	o.must(err)
	for _, s := range k.stands {
		if s.ended || s.until < k.today {
			continue
		}
		at := slices.IndexFunc(all, func(one coaching.StandIn) bool { return one.Member == k.member.Member && one.From == s.from })
		if at < 0 {
			r.Fatalf("the stand-in from %s is not listed", s.from)
		}
		o.must(o.EndStandIn(o.t.Context(), o.noor, all[at].ID))
		s.ended = true
		k.takeBack(s.colleague)
		return
	}
}

func (o *office) proposes(r *rapid.T, k *keyring, to int) {
	day := k.today.AddDays(rapid.IntRange(0, 4).Draw(r, "day"))
	h, err := o.ProposeHandOver(o.t.Context(), o.noor, k.member.Member, coaching.NewHandOver{To: k.coaches[to].Role, Reason: coaching.EndLeaves, Day: day})
	if allowed := k.coach >= 0 && k.over == nil && to != k.coach; allowed != (err == nil) {
		r.Fatalf("proposing %d gave %v", to, err)
	}
	if err == nil {
		k.over = &modelHandOver{id: h, to: to, day: day}
	}
}

func (o *office) answers(r *rapid.T, k *keyring) {
	if k.over == nil {
		return
	}
	over, yes := k.over, rapid.Bool().Draw(r, "yes")
	err := o.AnswerHandOver(o.t.Context(), k.member, over.id, yes)
	if allowed := !yes || !over.agreed; allowed != (err == nil) {
		r.Fatalf("yes %v gave %v", yes, err)
	}
	switch {
	case err != nil:
	case !yes:
		k.over = nil
	default:
		over.agreed = true
		k.carryOut()
	}
}

// carryOut does what was agreed when its day has come.
func (k *keyring) carryOut() {
	if k.over != nil && k.over.agreed && k.over.day <= k.today {
		k.moves(k.over.to)
	}
}

// passes lets days go by, each with the task that it brings.
func (o *office) passes(r *rapid.T, k *keyring) {
	for range rapid.IntRange(1, 3).Draw(r, "days") {
		o.now = o.now.Add(24 * time.Hour)
		k.today = members.DayOf(o.now)
		if k.over != nil {
			o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
				return o.HandOverDueTx(o.t.Context(), tx, coaching.HandOverDue{HandOver: k.over.id, Cooperative: o.c})
			}))
			k.carryOut()
		}
	}
}

// logIs compares the member's log with what was read.
func (o *office) logIs(r *rapid.T, k *keyring) {
	rows, err := o.db.Query(o.t.Context(), `SELECT reader_id, scope, hour FROM members.access_read WHERE cooperative_id = $1 AND member_id = $2`, o.c, k.member.Member)
	o.must(err)
	seen := map[string]bool{}
	var reader members.RoleID
	var scope members.Scope
	var hour time.Time
	_, err = pgx.ForEachRow(rows, []any{&reader, &scope, &hour}, func() error {
		seen[fmt.Sprint(reader, scope, hour.Unix())] = true
		return nil
	})
	o.must(err)
	for line := range k.log {
		if !seen[line] {
			r.Fatalf("a reading has no line: %s", line)
		}
	}
	if len(seen) != len(k.log) {
		r.Fatalf("the log has %d lines, %d readings", len(seen), len(k.log))
	}
}
