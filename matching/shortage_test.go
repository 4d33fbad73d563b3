package matching_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
)

// TestStoppedByEngineAsByTables: in worlds drawn by lot the engine counts, of each rule
// and of each change, whom the tables count.
func TestStoppedByEngineAsByTables(t *testing.T) {
	opens, can, enough := 0, 0, map[bool]int{}
	for seed := uint64(61); seed < 63; seed++ {
		k := newKeeping(t, seed, 30, 12)
		keeper := k.EngineKeeper()
		k.must(keeper.Load(t.Context()))
		for range 3 {
			k.catchUp(keeper)
			byEngine, byTables, fell, err := k.StoppedBoth(t.Context(), k.coordinator())
			k.must(err)
			if diff := cmp.Diff(byTables, byEngine); fell || diff != "" {
				t.Fatalf("world %d, not asked: %v (-tables +engine):\n%s", seed, fell, diff)
			}
			for _, reader := range []members.RoleKind{members.RoleCoordinator, members.RoleClient} {
				engine, tables, all, err := k.EnoughBoth(t.Context(), k.coordinator(), reader)
				k.must(err)
				if diff := cmp.Diff(all, engine) + cmp.Diff(all, tables); diff != "" {
					t.Fatalf("world %d: enough for a %s (-all +engine, -all +tables):\n%s", seed, reader, diff)
				}
				for _, is := range all {
					enough[is]++
				}
			}
			for _, s := range byTables {
				can += s.Can
				for _, n := range s.Opens {
					opens += n
				}
			}
			// so that some can, and some nearly
			k.exec(`UPDATE members.member SET state = 'member' WHERE hashtext(id::text) % 3 <> 0`)
			k.exec(`DELETE FROM coaching.guard_rail`)
			k.exec(`UPDATE members.member_profile SET room_cents = NULL, hours_most = NULL, hours_wanted = NULL, rest_days = NULL, physical = NULL, sensory = NULL, mental = NULL, dutch = NULL, english = NULL, support = NULL`)
			k.exec(`DELETE FROM members.member_ability`)
			k.exec(`UPDATE jobs.gig SET certificate = false, step = 'accompanied'`)
			for range 5 {
				k.must(k.edit(k.lot))
			}
		}
	}
	if opens < 50 || can < 20 || enough[true] < 5 || enough[false] < 5 {
		t.Errorf("%d can and %d would, %v are enough: that proves little", can, opens, enough)
	}
}

// TestWhereEnoughCanNobodyElseIsLookedAt: a client who looks at a gig again and again
// lets the tables judge few.
func TestWhereEnoughCanNobodyElseIsLookedAt(t *testing.T) {
	if !matching.LooksNoFurther() {
		t.Error("one who can is not enough for one seat")
	}
}

// six members who can do all but one thing; n of them.
func (h *house) like(n int, change func(members.Actor)) (list []members.Actor) {
	h.t.Helper()
	for i := range n {
		who := h.member(fmt.Sprint("like", i), "weeding")
		if change != nil {
			change(who)
		}
		list = append(list, who)
	}
	return list
}

// short asks as the client, and as a coordinator.
func (h *house) short(gig jobs.GigID) (client, office matching.Shortage) {
	h.t.Helper()
	client, err := h.Shortage(h.t.Context(), h.client, gig)
	h.must(err)
	office, err = h.Shortage(h.t.Context(), h.coordinator(), gig)
	h.must(err)
	if client.Can != 0 || client.Stops != nil {
		h.t.Errorf("the client reads what is the office's: %+v", client)
	}
	if diff := cmp.Diff(client.Change, office.Change); diff != "" {
		h.t.Errorf("the two read of other changes (-client +office):\n%s", diff)
	}
	return client, office
}

// TestOneChangeOpensTheGig: of each kind, from five people up; made, it lets them in,
// all of them (a near miss really flips). By the tables and by the engine.
func TestOneChangeOpensTheGig(t *testing.T) {
	monday := members.Week{}
	monday.Add(0, members.Span{From: 0, Until: 96})
	tests := map[matching.ChangeKind]struct {
		rule matching.Rule
		gig  func(h *house, n *jobs.NewGig)
		who  func(h *house, who members.Actor)
		made func(h *house, gig jobs.GigID, c matching.Change)
	}{
		matching.TimeChange: {rule: matching.WeekRule,
			who: func(h *house, who members.Actor) { h.tell(who, monday) },
			made: func(h *house, gig jobs.GigID, c matching.Change) {
				h.exec(`UPDATE jobs.shift SET starts_at = $2, ends_at = $2::timestamptz + interval '3 hours' WHERE gig_id = $1`, gig, c.Starts)
			}},
		matching.PlaceChange: {rule: matching.ReachRule,
			who: func(h *house, who members.Actor) {
				h.exec(`UPDATE members.member SET reach_m = 5000 WHERE id = $1`, who.Member)
			},
			made: func(h *house, gig jobs.GigID, _ matching.Change) {
				h.exec(`UPDATE jobs.gig SET place_code = 'nijmegen' WHERE id = $1`, gig)
			}},
		matching.SkillChange: {rule: matching.SkillRule,
			gig: func(_ *house, n *jobs.NewGig) {
				n.Needs.Skills = []jobs.AskedSkill{{Skill: members.Skill{Code: "forklift"}, Need: jobs.Required, Level: members.Can}}
			},
			made: func(h *house, gig jobs.GigID, c matching.Change) {
				h.exec(`DELETE FROM jobs.gig_skill WHERE gig_id = $1 AND skill_code = $2`, gig, c.Skill.Code)
			}},
		matching.SeatsChange: {rule: matching.SeatRule,
			who: func(h *house, who members.Actor) {
				h.exec(`UPDATE members.member_skill SET level = 'learning' WHERE member_id = $1`, who.Member)
			},
			made: func(h *house, gig jobs.GigID, _ matching.Change) {
				h.exec(`UPDATE jobs.shift SET seats = seats + 1, buddy_seats = buddy_seats + 1 WHERE gig_id = $1`, gig)
			}},
	}
	for _, kind := range matching.ChangeKinds() {
		tt := tests[kind]
		for _, n := range []int{4, 5, 11} {
			t.Run(fmt.Sprint(kind, " of ", n), func(t *testing.T) {
				h := newHouse(t)
				gig, shift := h.demanding(func(g *jobs.NewGig) {
					g.Shifts[0].Seats = 2
					if tt.gig != nil {
						tt.gig(h, g)
					}
				})
				if kind == matching.SeatsChange { // one is for who learns, and taken
					h.exec(`UPDATE jobs.shift SET buddy_seats = 1 WHERE id = $1`, shift)
					first := h.member("first", "weeding")
					h.exec(`UPDATE members.member_skill SET level = 'learning' WHERE member_id = $1`, first.Member)
					h.confirm(shift, first)
					h.exec(`UPDATE jobs.engagement SET seat = 'buddy' WHERE member_id = $1`, first.Member)
				}
				people := h.like(n, func(who members.Actor) {
					if tt.who != nil {
						tt.who(h, who)
					}
				})
				keeper := h.EngineKeeper()
				var c matching.Change
				for _, way := range []string{"tables", "engine"} {
					if way == "engine" {
						h.byEngine(keeper)
					}
					client, office := h.short(gig)
					c = client.Change
					if want := map[int]int{4: 0, 5: 5, 11: 10}[n]; !client.Short() || c.Opens != want || want > 0 && c.Kind != kind || want == 0 && !cmp.Equal(c, matching.Change{}) {
						t.Fatalf("%s: %+v", way, client)
					}
					if want := []matching.Stop{{Rule: tt.rule, Members: map[int]int{4: 0, 5: 5, 11: 11}[n]}}; !cmp.Equal(want, office.Stops) || office.Can != 0 {
						t.Errorf("%s: the office reads %+v", way, office)
					}
				}
				if n < 5 {
					return
				}
				tt.made(h, gig, c)
				for _, who := range people {
					if found, err := h.Prospects(t.Context(), who); err != nil || len(found[gig]) != 0 {
						t.Errorf("%s is stopped by %v, %v", who.Name, found[gig], err)
					}
				}
				h.WithoutEngine()
				if client, _ := h.short(gig); client.Short() {
					t.Errorf("it is short still: %+v", client)
				}
			})
		}
	}
}

// TestNoOtherRuleReachesAClient: of all rules, those of time, place, skills and seats
// alone are ended by a change, each by one; all others are no change for anybody.
func TestNoOtherRuleReachesAClient(t *testing.T) {
	want := map[matching.Rule]matching.ChangeKind{matching.WeekRule: matching.TimeChange, matching.FreeRule: matching.TimeChange, matching.ReachRule: matching.PlaceChange,
		matching.SkillRule: matching.SkillChange, matching.SeatRule: matching.SeatsChange}
	for _, rule := range matching.Rules() {
		var kinds []matching.ChangeKind
		for _, kind := range matching.ChangeKinds() {
			if slices.Contains(kind.Ends(), rule) {
				kinds = append(kinds, kind)
			}
		}
		if kind, is := want[rule]; is && !slices.Equal(kinds, []matching.ChangeKind{kind}) || !is && len(kinds) > 0 {
			t.Errorf("%s is ended by %v", rule, kinds)
		}
	}
	if got := matching.ChangeKind("health").Ends(); got != nil {
		t.Errorf("no such change: %v", got)
	}
}

// TestWhatStaysWithTheMember: six whom their health stops: the office reads it from
// five on, the client never; what they agreed with their coach, and whom they keep
// away, nobody reads.
func TestWhatStaysWithTheMember(t *testing.T) {
	private := map[matching.Rule]bool{matching.BlockRule: true, matching.WorksRule: true, matching.CalmRule: true}
	for _, group := range matching.RuleGroups() {
		for _, rule := range group.Rules {
			from := rule.ToOffice()
			if want := map[string]int{"rail": 0, "wish": 5}[group.Name]; group.Name == "rail" || group.Name == "wish" {
				if from != want {
					t.Errorf("%s: the office reads it from %d", rule, from)
				}
			} else if (from == 0) != private[rule] {
				t.Errorf("%s: the office reads it from %d", rule, from)
			}
		}
	}
	h := newHouse(t)
	gig, _ := h.demanding(func(n *jobs.NewGig) { n.Needs.Loads = members.Load{Physical: 5, Sensory: 1, Mental: 1} })
	weak := h.like(6, func(who members.Actor) { h.tell(who, members.Load{Physical: 1, Sensory: 3, Mental: 3}) })
	client, office := h.short(gig)
	if want := []matching.Stop{{Rule: matching.PhysicalRule, Members: 6}}; !cmp.Equal(want, office.Stops) || !office.Short() || !cmp.Equal(client, matching.Shortage{}) {
		t.Errorf("%+v, %+v", client, office)
	}
	for _, who := range weak[:2] {
		h.tell(who, members.Load{Physical: 5, Sensory: 3, Mental: 3})
		h.exec(`INSERT INTO members.client_block (cooperative_id, member_id, client_id, since) VALUES ($1, $2, $3, $4)`, who.Cooperative, who.Member, h.client.Client, h.now)
		h.exec(`INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, groups, review_on, state, by_member, proposed_by, proposed_at, answered_by, answered_at)
			VALUES (gen_random_uuid(), $1, $2, $3, '{green}', $4, 'agreed', true, $5, $6, $5, $6)`, who.Cooperative, who.Member, coaching.NotRail, h.now.AddDate(0, 1, 0), who.Role, h.now.Add(-time.Hour))
	}
	if client, office = h.short(gig); len(office.Stops) != 0 || !office.Short() || !cmp.Equal(client, matching.Shortage{}) {
		t.Errorf("four, and two who keep it to themselves: %+v, %+v", client, office)
	}
}

// TestAClientLearnsOfNobody: of one person who has the skill, the client must not find out
// what they bear, agreed, earn or keep away by the one change that is told or not: with
// the same skill, place, week and work of that one, they read the same.
func TestAClientLearnsOfNobody(t *testing.T) {
	for _, way := range []string{"tables", "engine"} {
		h := newHouse(t)
		gig, _ := h.demanding(func(n *jobs.NewGig) {
			n.Needs.Skills = []jobs.AskedSkill{{Skill: members.Skill{Code: "forklift"}, Need: jobs.Required, Level: members.Can}}
			n.Needs.Loads = members.Load{Physical: 5, Sensory: 1, Mental: 1}
		})
		h.like(6, nil)
		keeper := h.EngineKeeper()
		reads := func() matching.Shortage {
			h.WithoutEngine()
			if way == "engine" {
				h.byEngine(keeper)
			}
			found, err := h.Shortage(t.Context(), h.client, gig)
			h.must(err)
			return found
		}
		if got := reads(); got.Change.Kind != matching.SkillChange || got.Change.Opens != 5 {
			t.Fatalf("%s: nobody can drive: %+v", way, got)
		}
		one := h.member("one", "weeding", "forklift")
		free := reads()
		for name, sql := range map[string]string{
			"bears":  `INSERT INTO members.member_profile (cooperative_id, member_id, physical, sensory, mental) VALUES ($1, $2, 1, 5, 5) ON CONFLICT (cooperative_id, member_id) DO UPDATE SET physical = 1, sensory = 5, mental = 5`,
			"blocks": `INSERT INTO members.client_block (cooperative_id, member_id, client_id, since) SELECT $1, $2, id, now() FROM members.client WHERE cooperative_id = $1`,
			"earns":  `INSERT INTO members.member_profile (cooperative_id, member_id, room_cents) VALUES ($1, $2, 1) ON CONFLICT (cooperative_id, member_id) DO UPDATE SET room_cents = 1`,
		} {
			h.exec(sql, one.Cooperative, one.Member)
			if diff := cmp.Diff(free, reads()); diff != "" {
				t.Errorf("%s: the client learns that one %s (-before +after):\n%s", way, name, diff)
			}
		}
		if office, err := h.Shortage(t.Context(), h.coordinator(), gig); err != nil || !office.Short() || office.Change.Opens != 5 {
			t.Errorf("%s: the office reads %+v, %v", way, office, err)
		}
	}
}

// TestNobodyIsShort where there are enough people, or nothing to fill; what they answer
// changes nothing (promise 1), nor do offers that wait.
func TestNobodyIsShort(t *testing.T) {
	h := newHouse(t)
	gig, shift := h.quiet(72*time.Hour, 2)
	client, office := h.short(gig) // a cooperative without members
	if !client.Short() || office.Free != 2 || office.Can != 0 || len(office.Stops) != 0 {
		t.Errorf("nobody: %+v, %+v", client, office)
	}
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	h.member("none") // can nothing
	if client, _ := h.short(gig); client.Short() {
		t.Errorf("two for two seats: %+v", client)
	}
	h.puts(shift, anna, "no")
	h.puts(shift, bea, "sent")
	for range 3 {
		_, other := h.quiet(100*time.Hour, 1)
		h.puts(other, bea, "sent")
	}
	if client, _ := h.short(gig); client.Short() {
		t.Errorf("a no changes it: %+v", client)
	}
	h.confirm(shift, anna) // one seat and one who can
	if client, _ := h.short(gig); client.Short() {
		t.Errorf("who comes counts no more, nor does their seat: %+v", client)
	}
	h.exec(`UPDATE members.member SET reach_m = 1000 WHERE id = $1`, bea.Member)
	if _, office := h.short(gig); !office.Short() || office.Can != 0 || !cmp.Equal(office.Stops, []matching.Stop{{Rule: matching.SkillRule}, {Rule: matching.ReachRule}}) {
		t.Errorf("fewer than five: %+v", office)
	}
	for _, state := range []string{"paused", "done"} {
		h.exec(`UPDATE jobs.gig SET state = $2 WHERE id = $1`, gig, state)
		if client, _ := h.short(gig); client.Short() {
			t.Errorf("a gig that is %s: %+v", state, client)
		}
	}
	h.exec(`UPDATE jobs.gig SET state = 'open' WHERE id = $1`, gig)
	h.exec(`UPDATE jobs.shift SET seats = 1 WHERE id = $1`, shift)
	if client, _ := h.short(gig); client.Short() {
		t.Errorf("a full one: %+v", client)
	}
}

// TestShortageOfOthers: not to a member or a coach, nor to another client or house.
func TestShortageOfOthers(t *testing.T) {
	h := newHouse(t)
	gig, _ := h.quiet(72*time.Hour, 2)
	other := h.client
	other.Client = members.ClientID{1}
	for _, who := range []members.Actor{h.member("anna", "weeding"), h.coach("els"), other, {}} {
		if found, err := h.Shortage(t.Context(), who, gig); !errors.Is(err, members.ErrNotFound) || found.Short() {
			t.Errorf("a %s reads %+v, %v", who.Kind, found, err)
		}
	}
	elsewhere := h.coordinator()
	elsewhere.Cooperative[0]++
	if found, err := h.Shortage(t.Context(), elsewhere, gig); err != nil || found.Short() {
		t.Errorf("elsewhere: %+v, %v", found, err)
	}
}
