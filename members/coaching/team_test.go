package coaching_test

import (
	"fmt"
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// TestTeamInFigures: sizes of all, and figures about members from five up.
func TestTeamInFigures(t *testing.T) {
	o := newOffice(t)
	var list []members.Actor
	for i := range 4 {
		one := o.actor(o.c, fmt.Sprintf("lid%d", i), members.RoleMember)
		o.must(o.assign(o.c, one, o.els))
		list = append(list, one)
	}
	alone := o.actor(o.c, "alone", members.RoleMember)
	o.must(o.standIn(o.bob, "2026-12-24", "2026-12-24"))
	o.now = o.now.Add(30 * 24 * time.Hour) // 24 December
	day := 24 * time.Hour
	contact := func(m members.Actor, kind string, ago time.Duration) {
		t.Helper()
		_, err := o.db.Exec(t.Context(), `INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, why, logged_at)
			VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 10, decode(repeat('ab', 60), 'hex'), $5)`, o.c, m.Member, o.els.Role, kind, o.now.Add(-ago))
		o.must(err)
	}
	note := func(m members.Actor, kind coaching.Kind, ago time.Duration) {
		t.Helper()
		o.must(o.tryNote(coaching.Fact{Cooperative: o.c, Member: m.Member, Kind: kind, At: o.now.Add(-ago), Ref: newRef()}))
	}
	contact(o.anna, "call", 2*day)
	contact(list[0], "with_client", 20*day)
	contact(list[1], "talk", 5*day)
	note(list[1], coaching.Shift, 10*day)
	note(list[2], coaching.Shift, -day) // to come
	note(list[1], coaching.Paid, day)
	note(list[3], coaching.Paid, 91*day)
	team, err := o.Team(t.Context(), o.noor, coaching.TeamByName)
	o.must(err)
	els := team.Coaches[1]
	want := coaching.TeamCoach{Coach: els.Coach, Members: 5, Shown: true, Silent: 20, Longest: 30, Paid: 1}
	if els != want || els.Name != "els" || els.PaidPercent() != 20 || els.Large() {
		t.Errorf("Els is %+v, want %+v", els, want)
	}
	for i, m := range []members.Actor{o.anna, list[2], list[3]} { // of two it is nobody's business, of five it is
		contact(m, "with_client", time.Duration(26+i)*day)
	}
	five, err := o.Team(t.Context(), o.noor, coaching.TeamByName)
	o.must(err)
	if got := five.Coaches[1]; !got.ClientKnown || got.ClientDays != 4 {
		t.Errorf("to the first client Els needs %d days, known %v", got.ClientDays, got.ClientKnown)
	}
	if bob := team.Coaches[0]; bob != (coaching.TeamCoach{Coach: coaching.Coach{Role: o.bob.Role, Name: "bob"}, StandsIn: 5}) {
		t.Errorf("Bob is %+v", bob)
	}
	if team.Alone != 1 {
		t.Errorf("%d are alone", team.Alone)
	}
	o.must(o.End(t.Context(), o.noor, list[3].Member))
	o.must(o.people.MoveMember(t.Context(), o.noor, alone.Member, members.Alumni, "Verhuisd."))
	team, err = o.Team(t.Context(), o.noor, coaching.TeamByMembers)
	o.must(err)
	if first := team.Coaches[0]; first != (coaching.TeamCoach{Coach: els.Coach, Members: 4}) || team.Alone != 1 {
		t.Errorf("of four: %+v, %d alone", first, team.Alone)
	}
	for _, by := range []members.Actor{o.els, o.anna, o.farCoach} {
		if team, err := o.Team(t.Context(), by, ""); err != nil || len(team.Coaches) != 0 || team.Alone != 0 {
			t.Errorf("%s reads %+v, %v", by.Name, team, err)
		}
	}
	if team, err := o.Team(t.Context(), o.farOffices, ""); err != nil || len(team.Coaches) != 1 || team.Coaches[0].Role != o.farCoach.Role {
		t.Errorf("elsewhere: %+v, %v", team, err)
	}
}
