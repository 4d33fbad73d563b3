package web_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// helpers are two more people around the first member: a coach who stands in
// today, and may read the profile alone; and a member who is their buddy.
func (w *world) helpers() {
	ctx, first := w.t.Context(), w.actors
	for _, n := range []struct {
		kind members.RoleKind
		into *members.Actor
		name string
	}{{members.RoleCoach, &w.standIn, "inval"}, {members.RoleMember, &w.buddy, "maat"}} {
		w.tx(func(tx pgx.Tx) error {
			who, err := w.members.EnsurePersonTx(ctx, tx, person(n.kind, n.name))
			if err != nil {
				return err
			}
			n.into.Person = who
			return w.roleTx(ctx, tx, first[members.RoleCoach].Cooperative, who, n.kind, members.ClientID{})
		})
		var err error
		*n.into, err = w.members.Actor(ctx, n.into.Person, members.RoleID{})
		w.must(err)
	}
	today := members.DayOf(w.now)
	w.must(w.coaching.NameStandIn(ctx, first[members.RoleCoach], coaching.NewStandIn{Colleague: w.standIn.Role, All: true, From: today, Until: today.AddDays(7)}))
	w.must(w.coaching.Grant(ctx, first[members.RoleMember], members.NewGrant{Grantee: w.standIn.Role, Scopes: []members.Scope{members.ProfileScope}, Until: today.AddDays(7)}))
	w.each("standin", func(people map[members.RoleKind]members.Actor) string {
		row, day := newUUID(), today.AddDays(30)
		w.exec(`INSERT INTO coaching.stand_in (id, cooperative_id, member_id, coach_id, colleague_id, begins, until, named_at)
			SELECT $1::uuid, $2, $3, $4, r.id, $5::date, $5::date, $6 FROM members.role r
			WHERE r.cooperative_id = $2 AND r.id <> $4 AND r.kind IN ('coach', 'coordinator') ORDER BY r.kind, r.id LIMIT 1`,
			row, people[members.RoleMember].Cooperative, people[members.RoleMember].Member, people[members.RoleCoach].Role, string(day), w.now)
		return row
	})
	for member, buddy := range map[members.Actor]members.Actor{first[members.RoleMember]: w.buddy, w.second[members.RoleMember]: first[members.RoleMember]} {
		w.exec(`INSERT INTO coaching.buddy (id, cooperative_id, member_id, buddy_id, state, member_yes, buddy_yes, until, asked_at, asked_by)
			VALUES ($1, $2, $3, $4, 'on', true, true, $5::date, $6, $7)`, newUUID(), member.Cooperative, member.Member, buddy.Member, string(today.AddDays(60)), w.now, member.Role)
	}
}

// agreements are what members and coaches write, agree and sign.
func (w *world) agreements() {
	for _, key := range []string{"goal", "/progress/goals/:goal:goal"} {
		w.each(key, func(people map[members.RoleKind]members.Actor) string {
			goal, err := w.coaching.MakeGoal(w.t.Context(), people[members.RoleMember], people[members.RoleMember].Member, coaching.NewGoal{Text: "Met de fiets"})
			w.must(err)
			return goal.String()
		})
	}
	w.each("contact", func(people map[members.RoleKind]members.Actor) string {
		n := coaching.NewContact{ID: id.New[coaching.Contact](nil), Member: people[members.RoleMember].Member, Kind: coaching.Call, Minutes: 10, Why: "We belden."}
		w.must(w.coaching.LogContact(w.t.Context(), people[members.RoleCoach], n))
		return n.ID.String()
	})
	kinds := coaching.RailKinds()
	for i, path := range []string{"yes", "no", "end"} {
		w.each("/coach/rails/:rail/"+path+":rail", w.rail(kinds[2+i%2], true, path == "end"))
		w.each("/caseload/:member/rails/:rail/"+path+":rail", w.rail([]coaching.RailKind{coaching.FirstRail, coaching.HoursDayRail, coaching.HoursWeekRail}[i], false, path == "end"))
	}
	w.releases()
	w.statements()
}

// rail waits for the other side than who proposed it, or holds already. Each has a
// kind of its own: of a kind one waits and one holds.
func (w *world) rail(kind coaching.RailKind, byCoach, holds bool) func(map[members.RoleKind]members.Actor) string {
	return func(people map[members.RoleKind]members.Actor) string {
		rail, by := newUUID(), people[members.RoleMember]
		if byCoach {
			by = people[members.RoleCoach]
		}
		w.rails++
		minutes := map[coaching.RailKind]any{coaching.HoursDayRail: 480, coaching.HoursWeekRail: 1440}[kind]
		w.exec(`INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, minutes, review_on, state, by_member, proposed_by, proposed_at, answered_by, answered_at)
			VALUES ($1, $2, $3, $4, $5, $6::date, CASE WHEN $7 THEN 'agreed' ELSE 'proposed' END, $8, $9, $10, CASE WHEN $7 THEN $9::uuid END, CASE WHEN $7 THEN $10::timestamptz END)`,
			rail, by.Cooperative, people[members.RoleMember].Member, string(kind), minutes, string(members.DayOf(w.now).AddMonths(6)), holds, !byCoach, by.Role, w.now)
		return rail
	}
}

// releases are shown, or wait for the one key or the other.
func (w *world) releases() {
	add := func(state string, memberKey bool) func(map[members.RoleKind]members.Actor) string {
		return func(people map[members.RoleKind]members.Actor) string {
			release, member, coach := newUUID(), people[members.RoleMember], people[members.RoleCoach]
			client := newUUID()
			if state == "released" {
				client = people[members.RoleClient].Client.String()
			} else {
				w.exec(`INSERT INTO members.client (id, cooperative_id, name, kind, place_code, address, state, created_at)
					SELECT $1::uuid, cooperative_id, 'Klant ' || $1::uuid::text, kind, place_code, address, state, created_at FROM members.client WHERE id = $2`, client, people[members.RoleClient].Client)
			}
			w.exec(`INSERT INTO coaching.release (id, cooperative_id, member_id, client_id, state, until, alone, begun_by, begun_at, member_at, coach_id, coach_at, released_at)
				VALUES ($1, $2, $3, $4, $5, $6::date, false, $7, $8::timestamptz, CASE WHEN $9 THEN $8::timestamptz END,
					CASE WHEN $10 THEN $11::uuid END, CASE WHEN $10 THEN $8::timestamptz END, CASE WHEN $5 = 'released' THEN $8::timestamptz END)`,
				release, member.Cooperative, member.Member, client, state, string(members.DayOf(w.now).AddMonths(3)), member.Role, w.now, memberKey, state == "released" || !memberKey, coach.Role)
			return release
		}
	}
	w.each("/people/:release:release", add("released", true))
	w.each("/sharing/clients/:release/yes:release", add("asked", false))
	w.each("/sharing/clients/:release/stop:release", add("asked", false))
	w.each("/caseload/:member/releases/:release/yes:release", add("asked", true))
	w.each("/caseload/:member/releases/:release/stop:release", add("asked", true))
}

// statements are drafts, and some that the coach has signed.
func (w *world) statements() {
	ctx := w.t.Context()
	begin := func(signed bool) func(map[members.RoleKind]members.Actor) string {
		return func(people map[members.RoleKind]members.Actor) string {
			w.drafts++
			coach, m, today := people[members.RoleCoach], people[members.RoleMember].Member, members.DayOf(w.now)
			n := coaching.NewStatement{Funder: coaching.Funder{Kind: coaching.FunderOther, Name: fmt.Sprint("Fonds ", w.drafts)}, From: today.AddDays(-30), Until: today.AddDays(-1)}
			statement, err := w.coaching.BeginStatement(ctx, coach, m, n)
			w.must(err)
			if signed {
				page, err := w.coaching.StatementOf(ctx, coach, m, statement)
				w.must(err)
				w.must(w.coaching.SignStatement(ctx, coach, m, statement, page.Hash))
			}
			return statement.String()
		}
	}
	w.each("statement", begin(false))
	for _, side := range []string{"/caseload/:member/statements/:statement/", "/statements/:statement/"} {
		for _, page := range []string{"pdf", "csv"} {
			w.each(side+page+":statement", begin(true))
		}
		for _, page := range []string{"sign", "withdraw"} {
			w.each(side+page+":statement", begin(false))
		}
	}
	w.each("satisfaction", func(people map[members.RoleKind]members.Actor) (form string) {
		statement, err := id.Parse[coaching.Statement](begin(false)(people))
		w.must(err)
		w.must(w.coaching.AskSatisfaction(ctx, people[members.RoleCoach], people[members.RoleMember].Member, statement, people[members.RoleClient].Client))
		w.must(w.coaching.AgreeSatisfaction(ctx, people[members.RoleMember], statement, people[members.RoleClient].Client, true))
		w.must(w.db.QueryRow(ctx, `SELECT id FROM coaching.satisfaction WHERE statement_id = $1 AND by_kind = 'client'`, statement).Scan(&form))
		return form
	})
}

// coachFirst are offers that wait for the coach.
func (w *world) coachFirst() {
	for _, path := range []string{"pass", "hold"} {
		w.each("/caseload/:member/offers/:offer/"+path+":offer", func(people map[members.RoleKind]members.Actor) string {
			_, ask := w.quiet(people[members.RoleClient], "window-cleaning")
			offer := newUUID()
			w.exec(`INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, coach_until)
				VALUES ($1, $2, $3, $4, 'waiting_coach', 5, 1, '{"total": 5}', $5, $5::timestamptz + interval '1 day', $5::timestamptz + interval '4 hours')`,
				offer, people[members.RoleMember].Cooperative, strings.Split(ask, "/")[4], people[members.RoleMember].Member, w.now)
			w.now = w.now.Add(time.Microsecond)
			return offer
		})
	}
}
