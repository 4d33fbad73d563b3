package matching_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// wild is a house in which members, gigs and what ties them are drawn by lot.
type wild struct {
	*house
	lot     *rand.Rand
	gigs    []jobs.GigID
	shifts  []jobs.ShiftID
	members []members.Actor
	clients []members.ClientID
}

var (
	wildSkills = []string{"weeding", "mopping", "window-cleaning", "cloakroom", "forklift"}
	wildPlaces = []string{"nijmegen", "arnhem", "utrecht"}

	wildAbilities = []string{"one-task", "quiet-place"}
)

func (w *wild) one(in int) bool { return w.lot.IntN(in) == 0 }

func pick[T any](w *wild, list ...T) T { return list[w.lot.IntN(len(list))] }

func (w *wild) some(list []string) (some []string) {
	for _, one := range list {
		if w.one(2) {
			some = append(some, one)
		}
	}
	return some
}

func newWild(t *testing.T, seed uint64, people, gigs int) *wild {
	w := &wild{house: newHouse(t), lot: rand.New(rand.NewPCG(seed, 1))}
	w.addClients()
	for i := range people {
		w.members = append(w.members, w.member(fmt.Sprint("m", i), w.some(wildSkills)...))
	}
	w.must(w.jobs.ChangeWorktime(t.Context(), w.coordinator(), jobs.HoursAWeek, 16*time.Hour, jobs.WorktimeBlocks, "De vergadering besloot het."))
	w.addGigs(gigs)
	w.lives()
	w.ties()
	w.bookings()
	return w
}

func (w *wild) addClients() {
	w.clients = []members.ClientID{w.client.Client}
	w.must(pgx.BeginFunc(w.t.Context(), w.db, func(tx pgx.Tx) error {
		for i := range 3 {
			c, err := w.people.AddClientTx(w.t.Context(), tx, members.NewClient{Cooperative: w.client.Cooperative, Name: fmt.Sprint("client", i),
				Kind: members.Organisation, PlaceCode: "arnhem", Address: "Lindenlaan 14"})
			if err != nil {
				return err
			}
			w.clients = append(w.clients, c)
		}
		return nil
	}))
}

// addGigs posts gigs of three shifts in the coming weeks; some are not open, full,
// over or called off.
func (w *wild) addGigs(n int) {
	gig, shift := w.quiet(72*time.Hour, 1)
	for range n {
		one := id.New[jobs.Gig](nil)
		w.gigs = append(w.gigs, one)
		form, rate := "member_entrepreneur", 1600
		load := pick(w, nil, new(2), new(4))
		if w.one(2) {
			form, rate = "trial_placement", 0
		}
		w.exec(`INSERT INTO jobs.gig SELECT (jsonb_populate_record(g, $2)).* FROM jobs.gig g WHERE g.id = $1`, gig, map[string]any{
			"id": one.String(), "client_id": pick(w, w.clients...).String(), "place_code": pick(w, wildPlaces...), "state": pick(w, "open", "open", "open", "open", "paused", "done"),
			"support_on_site": w.one(2), "with_others": w.one(2), "certificate": w.one(2), "step": pick(w, "solo", "solo", "accompanied", "job"),
			"work_form": form, "rate_cents": rate, "dutch": pick(w, nil, new("little"), new("well")), "physical": load, "sensory": load, "mental": load})
		for _, code := range w.some(wildAbilities) {
			w.exec(`INSERT INTO jobs.gig_ability (cooperative_id, gig_id, ability_code) VALUES ($1, $2, $3)`, w.client.Cooperative, one, code)
		}
		for _, code := range w.some(wildSkills) {
			need := pick(w, "useful", "useful", "required")
			w.exec(`INSERT INTO jobs.gig_skill (cooperative_id, gig_id, skill_code, need, level) VALUES ($1, $2, $3, $4, $5)`, w.client.Cooperative, one, code, need,
				pick(w, "can", "can", "learning", "well"))
		}
		if w.one(5) {
			w.exec(`INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, remote) VALUES ($1, $2, true)`, w.client.Cooperative, one)
		}
		for range 3 {
			starts := w.now.Add(time.Duration(w.lot.IntN(20*96)-20) * 15 * time.Minute)
			seats := 1 + w.lot.IntN(3)
			s := map[string]any{"gig_id": one.String(), "starts_at": starts, "ends_at": starts.Add(time.Duration(1+w.lot.IntN(11)) * time.Hour), "seats": seats, "break_minutes": 15 * w.lot.IntN(3)}
			if seats > 1 && w.one(2) {
				s["buddy_seats"] = 1
			}
			w.shifts = append(w.shifts, id.New[jobs.Shift](nil))
			s["id"] = w.shifts[len(w.shifts)-1].String()
			w.exec(`INSERT INTO jobs.shift SELECT (jsonb_populate_record(s, $2)).* FROM jobs.shift s WHERE s.id = $1`, shift, s)
		}
	}
}

// lives draws what members say, and how they stand.
func (w *wild) lives() {
	for _, m := range w.members {
		w.exec(`UPDATE members.member SET reach_m = $2, place_code = $3, state = $4, trial_at = now(), trial_until = now(), alumni_at = now() WHERE id = $1`, m.Member, pick(w, 5_000, 25_000, 80_000), pick(w, wildPlaces...),
			pick(w, "member", "member", "member", "trial", "alumni"))
		w.exec(`UPDATE members.member_skill SET level = (ARRAY['learning', 'can', 'well'])[1 + abs(hashtext(skill_code || $2)) % 3] WHERE member_id = $1`, m.Member, fmt.Sprint(w.lot.Int()))
		var week *string
		if w.one(2) {
			week = new(strings.Repeat(pick(w, "ff", "f0"), 84))
		}
		w.exec(`INSERT INTO members.member_profile (cooperative_id, member_id, certificate, most_offers, week) VALUES ($1, $2, $3, $4, decode($5, 'hex'))
			ON CONFLICT (cooperative_id, member_id) DO UPDATE SET certificate = excluded.certificate, most_offers = excluded.most_offers, week = excluded.week`,
			m.Cooperative, m.Member, pick(w, "in_hand", "not"), pick(w, 1, 3), week)
		w.wishes(m)
		for range w.lot.IntN(8) {
			w.exec(`INSERT INTO members.member_day (cooperative_id, member_id, day, off, extra) VALUES ($1, $2, $3, true, decode(repeat('00', 12), 'hex')) ON CONFLICT DO NOTHING`,
				m.Cooperative, m.Member, w.now.AddDate(0, 0, w.lot.IntN(20)))
		}
		if w.one(3) {
			w.exec(`INSERT INTO coaching.work_step (id, cooperative_id, member_id, step, by_role_id, at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5)`,
				m.Cooperative, m.Member, pick(w, "workshop", "accompanied", "job"), m.Role, w.now.Add(-time.Hour))
		}
		w.rails(m)
	}
}

// wishes draws what they told of themselves; some told nothing.
func (w *wild) wishes(m members.Actor) {
	if w.one(3) {
		return
	}
	w.exec(`UPDATE members.member_profile SET physical = $2, sensory = $3, mental = $4, support = $5, dutch = $6, english = 'none', hours_wanted = $7, hours_most = $7,
			rest_days = $8, room_cents = $9, room_withheld = $10 WHERE member_id = $1`,
		m.Member, 1+w.lot.IntN(5), 1+w.lot.IntN(5), 1+w.lot.IntN(5), pick(w, "none", "sometimes", "start", "always"), pick(w, "none", "enough"), pick(w, 6, 16, 40),
		pick(w, 0, 1, 3), pick(w, nil, new(5_000), new(60_000)), false)
	for _, code := range w.some(wildAbilities) {
		w.exec(`INSERT INTO members.member_ability (cooperative_id, member_id, ability_code, strength) VALUES ($1, $2, $3, $4)`, m.Cooperative, m.Member, code, pick(w, "must", "prefer"))
	}
}

func (w *wild) rails(m members.Actor) {
	for _, rail := range []struct {
		kind            coaching.RailKind
		minutes, metres *int
		groups          []string
	}{
		{kind: coaching.HoursDayRail, minutes: new(300)}, {kind: coaching.HoursWeekRail, minutes: new(900)}, {kind: coaching.NightRail}, {kind: coaching.AloneRail},
		{kind: coaching.FirstRail}, {kind: coaching.ReachRail, metres: new(8_000)}, {kind: coaching.NotRail, groups: []string{"green"}}, {kind: coaching.CoachRail},
	} {
		if w.one(4) {
			w.exec(`INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, minutes, metres, groups, review_on, state, by_member, proposed_by, proposed_at, answered_by, answered_at)
				VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, 'agreed', true, $8, $9, $8, $9)`, m.Cooperative, m.Member, rail.kind, rail.minutes, rail.metres, rail.groups,
				w.now.AddDate(0, 1, 0), m.Role, w.now.Add(-time.Hour))
		}
	}
}

// ties draws who does not want whom, who was on trial where, and what waits.
func (w *wild) ties() {
	for _, m := range w.members {
		c := w.clients
		w.lot.Shuffle(len(c), func(i, k int) { c[i], c[k] = c[k], c[i] })
		if w.one(3) {
			w.exec(`INSERT INTO members.client_block (cooperative_id, member_id, client_id, since) VALUES ($1, $2, $3, $4)`, m.Cooperative, m.Member, c[0], w.now)
		}
		if w.one(2) {
			w.exec(`INSERT INTO members.client_refusal (id, cooperative_id, member_id, client_id, by_id, by_role, by_kind, code, why, at, until)
				VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 'client', 'work', decode(repeat('00', 60), 'hex'), $6, $7)`,
				m.Cooperative, m.Member, c[1], w.client.Person, w.client.Role, w.now.AddDate(0, -2, 0), w.now.AddDate(0, 0, pick(w, -1, 0, 30)))
		}
		if w.one(2) {
			w.exec(`INSERT INTO jobs.trial_placed (cooperative_id, member_id, client_id, gig_id, first_day) VALUES ($1, $2, $3, $4, $5)`, m.Cooperative, m.Member, c[2],
				pick(w, w.gigs...), w.now)
		}
		if w.one(5) {
			w.restrict(m)
		}
		for _, shift := range w.shifts {
			if w.one(12) {
				w.exec(`INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, passed_on_at, coach_id)
					VALUES (gen_random_uuid(), $1, $2, $3, 'sent', 0, 1, '{"total": 0}', $4, $5, $6, CASE WHEN $6::timestamptz IS NOT NULL THEN $7::uuid END)`, m.Cooperative, shift, m.Member,
					w.now.Add(-2*time.Hour), w.now.Add(time.Duration(w.lot.IntN(5)-1)*time.Hour), pick(w, nil, &w.now), m.Role)
			}
		}
	}
}

// bookings gives members seats, as far as they do not stand in each other's way.
func (w *wild) bookings() {
	for _, m := range w.members {
		for range w.lot.IntN(12) {
			w.exec(`INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at, seat, called_off_at, called_off_by, called_off_role_id)
				SELECT gen_random_uuid(), s.cooperative_id, s.id, $2, s.starts_at, s.ends_at, $3, $4, CASE WHEN s.buddy_seats > 0 THEN $5 ELSE 'work' END,
					CASE WHEN $3 = 'cancelled' THEN $4::timestamptz END, CASE WHEN $3 = 'cancelled' THEN 'member' END, CASE WHEN $3 = 'cancelled' THEN $6::uuid END FROM jobs.shift s
				WHERE s.id = $1 AND s.seats > (SELECT count(*) FROM jobs.engagement e WHERE e.shift_id = s.id AND e.state NOT IN ('cancelled', 'absent'))
				ON CONFLICT DO NOTHING`, pick(w, w.shifts...), m.Member, pick(w, "confirmed", "confirmed", "cancelled", "finished"), w.now.Add(-time.Hour), pick(w, "work", "buddy"), m.Role)
		}
	}
}
