package jobs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// alter changes what no verb changes.
func (h *house) alter(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), query, args...); err != nil {
		h.t.Fatal(err)
	}
}

// another is one more member of the cooperative.
func (h *house) another(name string) members.Actor {
	h.t.Helper()
	var who members.PersonID
	h.tx(func(tx pgx.Tx) (err error) {
		if who, err = h.people.EnsurePersonTx(h.ctx(), tx, newPerson(name)); err != nil {
			return err
		}
		_, err = h.people.AddMemberTx(h.ctx(), tx, members.NewMember{Person: who, Cooperative: h.coordinator.Cooperative,
			PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
		return err
	})
	return h.actor(who)
}

// worked lets members work a shift of three hours for a client on a day at ten,
// and both sides agree.
func (h *house) worked(client members.Actor, title string, skills []string, day members.Day, who ...members.Actor) []jobs.EngagementID {
	h.t.Helper()
	starts, err := time.ParseInLocation(time.DateTime, string(day)+" 10:00:00", members.Amsterdam())
	if err != nil {
		h.t.Fatal(err)
	}
	h.now = starts.Add(-24 * time.Hour)
	n := h.gig()
	n.Client, n.Title, n.Skills = client.Client, title, skills
	n.Shifts = []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: len(who)}}
	gig, err := h.Gig(h.ctx(), client, h.post(client, n))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range who {
		if err := h.confirm(gig.Shifts[0].ID, m.Member); err != nil {
			h.t.Fatal(err)
		}
	}
	h.now = starts.Add(4 * time.Hour)
	var list []jobs.EngagementID
	for _, m := range who {
		e, err := h.EngagedOn(h.ctx(), m, gig.ID)
		if err == nil {
			err = h.ProposeHours(h.ctx(), m, e, jobs.Hours{Worked: 3 * time.Hour})
		}
		if err == nil {
			err = h.AgreeHours(h.ctx(), client, e)
		}
		if err != nil {
			h.t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// plan says how a query is run, where reading a whole table costs too much.
func (h *house) plan(query string, args ...any) (text string) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error {
		if _, err := tx.Exec(h.ctx(), `SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		rows, err := tx.Query(h.ctx(), `EXPLAIN `+query, args...)
		if err != nil {
			return err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		text = strings.Join(lines, "\n")
		return err
	})
	return text
}

// byIndex fails where a table that grows is read as a whole, or an index is not
// used that must be.
func (h *house) byIndex(query string, indexes []string, args ...any) {
	h.t.Helper()
	plan := h.plan(query, args...)
	for _, table := range []string{"engagement", "timesheet", "shift", "gig", "bill", "bill_line", "gig_skill", "offer"} {
		if strings.Contains(plan, "Seq Scan on "+table+" ") {
			h.t.Errorf("all of %s is read:\n%s", table, plan)
		}
	}
	for _, index := range indexes {
		if !strings.Contains(plan, " "+index+" ") {
			h.t.Errorf("%s is not used:\n%s", index, plan)
		}
	}
}

// crowd fills the tables, so that the plans are those of a house that works.
func (h *house) crowd() {
	h.t.Helper()
	for _, query := range []string{
		`INSERT INTO members.client SELECT gen_random_uuid(), cooperative_id, 'Klant ' || n, kind, place_code, address, created_at, state FROM members.client, generate_series(1, 40) n WHERE name = 'De Beuk'`,
		`INSERT INTO jobs.gig SELECT gen_random_uuid(), g.cooperative_id, c.id, g.title, g.description, g.language, g.place_code, g.address, g.rate_cents, g.load, g.support_on_site, g.with_others, g.state, g.posted_by, g.posted_at
			FROM (SELECT * FROM jobs.gig LIMIT 1) g, members.client c, generate_series(1, 20)`,
		`INSERT INTO jobs.shift SELECT gen_random_uuid(), g.cooperative_id, g.id, g.posted_at + n * interval '1 day', g.posted_at + n * interval '1 day' + interval '3 hours', 0, 2 FROM jobs.gig g, generate_series(1, 5) n`,
		`ALTER TABLE jobs.engagement DROP CONSTRAINT engagement_member, DROP CONSTRAINT engagement_one_at_a_time`,
		`ALTER TABLE payments.bill_line DROP CONSTRAINT bill_line_member`,
		`INSERT INTO jobs.engagement SELECT gen_random_uuid(), cooperative_id, id, gen_random_uuid(), starts_at, ends_at, CASE WHEN n = 1 THEN 'paid' ELSE 'finished' END, starts_at FROM jobs.shift, generate_series(1, 2) n`,
		`INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, proposed_at, agreed_at)
			SELECT gen_random_uuid(), cooperative_id, id, 'agreed', 180, ends_at, ends_at FROM jobs.engagement WHERE state = 'paid'
			UNION ALL SELECT gen_random_uuid(), cooperative_id, id, 'member_proposed', 180, ends_at, NULL FROM jobs.engagement WHERE state = 'finished'`,
		`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at, charge_id, paid_at)
			SELECT gen_random_uuid(), e.cooperative_id, g.client_id, e.id::text, g.title, g.language, e.starts_at::date, 180, 1600, 4800, 'paid', e.ends_at, e.id::text, e.ends_at
			FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id JOIN jobs.gig g ON g.id = s.gig_id WHERE e.state = 'paid'`,
		`INSERT INTO payments.bill_line SELECT gen_random_uuid(), cooperative_id, id, 'wage', gen_random_uuid(), 4800 FROM payments.bill`,
		`ANALYZE`,
	} {
		h.alter(query)
	}
}

func TestRecordCountsWhatIsAgreed(t *testing.T) {
	h := newHouse(t)
	other := h.another("otto")
	h.worked(h.client, "Ramen", []string{"window-cleaning", "vacuuming"}, "2026-07-06", h.member, other)
	h.worked(h.rival, "Tuin", nil, "2026-08-03", h.member)
	trial := h.worked(h.client, "Proef", []string{"window-cleaning"}, "2026-09-07", h.member)[0]
	late := h.worked(h.client, "Afgezegd", []string{"window-cleaning"}, "2026-09-08", h.member)[0]
	missed := h.worked(h.client, "Gemist", nil, "2026-09-09", h.member)[0]
	doubt := h.worked(h.client, "Oneens", nil, "2026-09-10", h.member)[0]
	h.alter(`UPDATE jobs.engagement SET `+setAbsent+` WHERE id = $1`, missed)
	h.alter(`UPDATE jobs.timesheet SET state = 'disputed', agreed_at = NULL WHERE engagement_id = $1`, doubt)
	h.alter(`UPDATE jobs.timesheet SET part_pay = true WHERE engagement_id = $1`, late)
	h.alter(`UPDATE jobs.engagement SET work_form = 'trial_placement', state = 'closed' WHERE id = $1`, trial)
	all := jobs.RecordWish{Until: members.DayOf(h.now)}
	r, err := h.Record(t.Context(), h.member, all)
	if err != nil {
		t.Fatal(err)
	}
	if r.Done != (jobs.RecordSum{Works: 3, Minutes: 540}) || r.Trials != (jobs.RecordSum{Works: 1, Minutes: 180}) || r.First != "2026-07-06" || r.Last != "2026-09-07" {
		t.Errorf("the work is %+v, of it trials %+v, from %s until %s", r.Done, r.Trials, r.First, r.Last)
	}
	if len(r.Kinds) != 2 || r.Kinds[0].Group.Code != "cleaning" || r.Kinds[0].Minutes != 360 || r.Kinds[1].Group.Code != "" || r.Kinds[1].Works != 1 {
		t.Errorf("the kinds of work are %+v", r.Kinds)
	}
	if len(r.Clients) != 1 || r.Clients[0].Count != 2 || r.Clients[0].Works != 3 || r.Clients[0].Names != nil {
		t.Errorf("the clients are %+v: none let itself be named", r.Clients)
	}
	if err := h.people.NameOnRecords(t.Context(), h.client, true); err != nil {
		t.Fatal(err)
	}
	if r, err = h.Record(t.Context(), h.member, all); err != nil || len(r.Clients[0].Names) != 1 || r.Clients[0].Names[0] != "De Linde" {
		t.Errorf("the clients are %+v, %v; want one name", r.Clients, err)
	}
	r, err = h.Record(t.Context(), h.member, jobs.RecordWish{From: "2026-08-03", Until: "2026-08-03"})
	if err != nil || r.Done.Works != 1 || r.Clients[0].Names != nil {
		t.Errorf("of one day the record says %+v, %v", r, err)
	}
}

func TestRecordIsTheMembersOwn(t *testing.T) {
	h := newHouse(t)
	h.worked(h.client, "Ramen", nil, "2026-07-06", h.member)
	until := members.DayOf(h.now)
	for name, by := range map[string]members.Actor{"client": h.client, "coach": h.coach, "coordinator": h.coordinator, "nobody": {}, "other cooperative": {Cooperative: h.otherOffices.Cooperative, Member: h.member.Member}} {
		if _, err := h.Record(t.Context(), by, jobs.RecordWish{Until: until}); err == nil {
			t.Errorf("the %s reads it", name)
		}
	}
	for _, w := range []jobs.RecordWish{{}, {Until: "2026-02-30"}, {From: "x", Until: until}, {From: until.AddDays(1), Until: until}} {
		if _, err := h.Record(t.Context(), h.member, w); err == nil {
			t.Errorf("%+v is taken", w)
		}
	}
	other := h.another("otto")
	if r, err := h.Record(t.Context(), other, jobs.RecordWish{Until: until}); err != nil || r.Done.Works != 0 {
		t.Errorf("somebody else's record has %+v, %v", r, err)
	}
}

// TestRecordTellsClaimsFromWhatWasSeen.
func TestRecordTellsClaimsFromWhatWasSeen(t *testing.T) {
	h := newHouse(t)
	h.alter(`INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level) VALUES ($1, $2, 'window-cleaning', 'can'), ($1, $2, 'vacuuming', 'well'), ($1, $2, 'mopping', 'can')`,
		h.member.Cooperative, h.member.Member)
	h.tx(func(tx pgx.Tx) error {
		if _, err := h.people.ConfirmSkillTx(h.ctx(), tx, h.coach, h.member.Member, "window-cleaning"); err != nil {
			return err
		}
		_, err := h.people.ConfirmSkillTx(h.ctx(), tx, h.client, h.member.Member, "vacuuming")
		return err
	})
	h.alter(`UPDATE members.member_skill SET level = 'can teach' WHERE skill_code = 'vacuuming'`) // nobody saw that
	want := jobs.RecordWish{Until: members.DayOf(h.now), Own: true}
	r, err := h.Record(t.Context(), h.member, want)
	if err != nil || len(r.Seen) != 1 || r.Seen[0].Code != "window-cleaning" || r.Seen[0].Seen[0].By != members.RoleCoach || r.Seen[0].Seen[0].On != members.DayOf(h.now) || len(r.Claims) != 2 {
		t.Errorf("seen is %+v, claimed %+v, %v", r.Seen, r.Claims, err)
	}
	want.Own = false
	if r, err := h.Record(t.Context(), h.member, want); err != nil || r.Claims != nil || len(r.Seen) != 1 {
		t.Errorf("without own words: seen is %+v, claimed %+v, %v", r.Seen, r.Claims, err)
	}
}

func TestNameOnRecordsIsTheManagers(t *testing.T) {
	h := newHouse(t)
	for name, by := range map[string]members.Actor{"member": h.member, "coach": h.coach, "coordinator": h.coordinator, "nobody": {}} {
		if err := h.people.NameOnRecords(t.Context(), by, true); err == nil {
			t.Errorf("the %s decides it", name)
		}
	}
	for _, named := range []bool{true, true, false} {
		if err := h.people.NameOnRecords(t.Context(), h.client, named); err != nil {
			t.Fatal(err)
		}
		if got, err := h.people.NamedOnRecords(t.Context(), h.client); err != nil || got != named {
			t.Errorf("it is %v, %v", got, err)
		}
	}
	if got, err := h.people.NamedOnRecords(t.Context(), h.rival); err != nil || got {
		t.Errorf("the other client is named: %v, %v", got, err)
	}
	var deeds int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.audit WHERE what IN ('client_named', 'client_not_named')`).Scan(&deeds); err != nil || deeds != 2 {
		t.Errorf("%d deeds, %v; want two", deeds, err)
	}
}

// TestSocialReturnIsTheSumOfTheBills, whatever hours, gigs and people they are of.
func TestSocialReturnIsTheSumOfTheBills(t *testing.T) {
	h := newHouse(t)
	other := h.another("otto")
	h.worked(h.client, "Ramen", nil, "2026-09-30", h.member, other)
	first := h.worked(h.client, "Ramen", nil, "2026-10-01", h.member, other)
	h.worked(h.client, "Tuin", nil, "2026-10-31", h.member)
	late := h.worked(h.client, "Afgezegd", nil, "2026-10-20", other)[0]
	doubt := h.worked(h.client, "Oneens", nil, "2026-10-21", h.member)[0]
	old := h.worked(h.client, "Lang geleden", nil, "2026-10-22", h.member)[0]
	closed := h.worked(h.client, "Proef", nil, "2026-10-23", h.member)[0]
	h.worked(h.rival, "Elders", nil, "2026-10-05", h.member)
	h.worked(h.client, "Ramen", nil, "2026-11-01", h.member)
	h.alter(`UPDATE jobs.timesheet SET part_pay = true WHERE engagement_id = $1`, late)
	h.alter(`UPDATE jobs.timesheet SET state = 'disputed', agreed_at = NULL WHERE engagement_id = $1`, doubt)
	h.alter(`DELETE FROM jobs.sheet_step WHERE engagement_id = $1`, old)
	h.alter(`DELETE FROM jobs.timesheet WHERE engagement_id = $1`, old)
	h.alter(`DELETE FROM jobs.engagement WHERE id = $1`, old)
	h.alter(`UPDATE jobs.engagement SET state = 'closed' WHERE id = $1`, closed)
	h.alter(`DELETE FROM payments.bill_line USING payments.bill b WHERE b.id = bill_id AND b.ref = $1`, closed.String())
	h.alter(`DELETE FROM payments.bill WHERE ref = $1`, closed.String())
	h.alter(`UPDATE payments.bill SET state = 'paid', charge_id = 'ch_1', paid_at = $2 WHERE ref = $1`, first[0].String(), h.now)
	for name, by := range map[string]members.Actor{"client": h.client, "coordinator": h.coordinator} {
		r, err := h.SocialReturn(t.Context(), by, h.client.Client, "2026-10-01", "2026-10-31")
		if err != nil {
			t.Fatal(err)
		}
		var all, paid int64
		const sum = `SELECT sum(total_cents), sum(total_cents) FILTER (WHERE state = 'paid') FROM payments.bill
			WHERE client_id = $1 AND worked_on BETWEEN '2026-10-01' AND '2026-10-31'`
		if err := h.db.QueryRow(t.Context(), sum, h.client.Client).Scan(&all, &paid); err != nil {
			t.Fatal(err)
		}
		if r.Bills.Total() != payments.Cents(all) || r.Bills.Paid.Total() != payments.Cents(paid) || all == paid || paid == 0 {
			t.Errorf("the %s reads %v billed and %v paid; the bills are %d and %d", name, r.Bills.Total(), r.Bills.Paid.Total(), all, paid)
		}
		var gigs payments.Cents
		for _, g := range r.Gigs {
			gigs += g.Total()
		}
		if gigs != r.Work.Total() || r.Work.Total()+r.Off.Total() != r.Bills.Total() || r.Off.Total() == 0 {
			t.Errorf("the gigs are %v, the work %v, called off %v, of %v", gigs, r.Work.Total(), r.Off.Total(), r.Bills.Total())
		}
		if r.Work.Works != 4 || r.Work.Minutes != 720 || r.Work.People != 2 || r.Off.Works != 1 || r.Off.People != 1 || r.Off.Minutes != 0 {
			t.Errorf("the work is %+v, called off %+v", r.Work, r.Off)
		}
		if r.ClientName != "De Linde" || len(r.Gigs) != 5 || r.Gigs[4].Title != "" || !r.Gigs[4].Gig.IsZero() || r.Gigs[4].Total() == 0 {
			t.Errorf("the statement of %q has %+v", r.ClientName, r.Gigs)
		}
		for _, g := range r.Gigs[:4] {
			if g.Title == "Ramen" && (g.Minutes != 360 || g.People != 2) || g.Title == "Proef" && (g.Total() != 0 || g.Minutes != 180) || g.Title == "Oneens" && (g.Total() == 0 || g.Minutes != 0) {
				t.Errorf("the gig is %+v", g)
			}
		}
	}
}

func TestSocialReturnRefuses(t *testing.T) {
	h := newHouse(t)
	for name, by := range map[string]members.Actor{"another client": h.rival, "member": h.member, "coach": h.coach, "another cooperative": h.otherOffices, "nobody": {}} {
		if _, err := h.SocialReturn(t.Context(), by, h.client.Client, "2026-10-01", "2026-10-31"); err == nil {
			t.Errorf("the %s reads it", name)
		}
	}
	for _, days := range [][2]members.Day{{"", "2026-10-31"}, {"2026-10-01", ""}, {"2026-10-02", "2026-10-01"}, {"2026-02-30", "2026-10-01"}} {
		if _, err := h.SocialReturn(t.Context(), h.client, h.client.Client, days[0], days[1]); err == nil {
			t.Errorf("%v is a period", days)
		}
	}
	r, err := h.SocialReturn(t.Context(), h.client, h.client.Client, "2026-10-01", "2026-10-01")
	if err != nil || len(r.Gigs) != 0 || r.Bills.Total() != 0 {
		t.Errorf("of no work it says %+v, %v", r, err)
	}
}

func TestProofIsFoundByItsIndexes(t *testing.T) {
	h := newHouse(t)
	h.worked(h.client, "Ramen", []string{"window-cleaning"}, "2026-10-01", h.member)
	h.crowd()
	c, from, until := h.client.Cooperative, h.now.AddDate(0, -1, 0), h.now
	h.byIndex(jobs.SelectRecorded, []string{"engagement_of_member"}, c, h.member.Member, from, until)
	h.byIndex(jobs.SelectSocialWork, []string{"gig_of_client", "engagement_of_shift", "timesheet_once"}, c, h.client.Client, from, until)
	h.byIndex(jobs.SelectSocialBills, []string{"bill_of_client_day"}, c, h.client.Client, "2026-10-01", "2026-10-31")
}

// billsOf are those of the actor.
func (h *house) billsOf(by members.Actor) ([]payments.Bill, error) {
	return payments.New(h.db, h.queue, h.people, nil, func() time.Time { return h.now }, nil).Bills(h.ctx(), by)
}

// TestClientsPageIsFoundByItsIndexes, however many gigs others have.
func TestClientsPageIsFoundByItsIndexes(t *testing.T) {
	h := newHouse(t)
	h.worked(h.client, "Ramen", []string{"window-cleaning"}, "2026-10-01", h.member)
	h.crowd()
	h.byIndex(jobs.SelectFacts(), []string{"gig_of_client", "shift_of_gig", "engagement_unsettled_shift", "bill_of_client_open"},
		h.client.Cooperative, h.now, h.now.Add(12*time.Hour), h.client.Client)
}

// TestRecordShowsChosenFeedback: a sentence of a client only where the member
// chose it, of the days that they asked for, and to nobody who helps them.
func TestRecordShowsChosenFeedback(t *testing.T) {
	h := newHouse(t)
	until := members.Day("2026-12-31")
	says := func(day members.Day, sentence string) jobs.EngagementID {
		e := h.worked(h.client, "Ramen", nil, day, h.member)[0]
		h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: sentence}))
		return e
	}
	second, first := says("2026-09-07", "Wat een doorzetter."), jobs.EngagementID{}
	shows := func(by members.Actor, from members.Day, want ...string) {
		t.Helper()
		r, err := h.Record(t.Context(), by, jobs.RecordWish{From: from, Until: until})
		if err != nil || len(r.Feedback) != len(want) {
			t.Fatalf("it shows %+v, %v; want %q", r.Feedback, err, want)
		}
		for i, f := range r.Feedback {
			if f.Sentence != want[i] || f.ClientKind == "" || f.At < "2026-09-07" {
				t.Errorf("it shows %+v, want %q", f, want[i])
			}
		}
	}
	shows(h.member, "")
	h.allRight(h.ChooseFeedback(h.ctx(), h.member, second, true))
	shows(h.member, "", "Wat een doorzetter.")
	first = says("2026-10-05", "Altijd op tijd.")
	shows(h.member, "", "Wat een doorzetter.")
	h.allRight(h.ChooseFeedback(h.ctx(), h.member, first, true))
	shows(h.member, "", "Wat een doorzetter.", "Altijd op tijd.")
	shows(h.member, "2026-09-08", "Altijd op tijd.")
	helped := h.member
	helped.Helper = members.Helper{Role: h.coach.Role, Person: h.coach.Person}
	shows(helped, "")
	shows(h.another("otto"), "")
	h.allRight(h.ChooseFeedback(h.ctx(), h.member, second, false))
	shows(h.member, "", "Altijd op tijd.")
}

// TestSocialReturnCountsADispute: what was beyond doubt and the rest are two bills
// of one work, and both are its gig's.
func TestSocialReturnCountsADispute(t *testing.T) {
	h := newHouse(t)
	h.setShare(1234)
	e := h.overWork()
	h.allRight(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}))
	h.allRight(h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "Je ging om een uur weg."}))
	h.allRight(h.DisputeHours(h.ctx(), h.member, e, jobs.Disputing{Undisputed: 151 * time.Minute, Reason: "Ik ruimde nog op."}))
	day := members.DayOf(h.now)
	social := func() jobs.SocialReturn {
		t.Helper()
		r, err := h.SocialReturn(t.Context(), h.client, h.client.Client, day.AddDays(-31), day)
		if err != nil || len(r.Gigs) != 1 || r.Gigs[0].Title == "" {
			t.Fatalf("the gigs are %+v, %v", r.Gigs, err)
		}
		if r.Gigs[0].Total() != r.Bills.Total() {
			t.Errorf("of bills of %d the gig has %d", r.Bills.Total(), r.Gigs[0].Total())
		}
		return r
	}
	undisputed := social()
	if undisputed.Bills.Total() != 4027+497 {
		t.Errorf("beyond doubt is %d", undisputed.Bills.Total())
	}
	h.decides(e)
	h.wantBills("151 4027+497", "69 1840+227")
	if r := social(); r.Bills.Total() != 4027+497+1840+227 || r.Work.Works != 1 || r.Work.Minutes != 220 || r.Off.Total() != 0 {
		t.Errorf("it says %+v of works %+v", r.Bills, r.Work)
	}
}
