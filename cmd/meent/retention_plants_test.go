package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/retention"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

func enqueueTidies(ctx context.Context, tx pgx.Tx, queue *tasks.Queue) error {
	for _, t := range []tasks.Task{members.Tidy{}, coaching.Tidy{}, payments.Tidy{}, jobs.Tidy{}, matching.Tidy{}} {
		if _, err := queue.EnqueueTx(ctx, tx, t, tasks.Opts{}); err != nil {
			return err
		}
	}
	return nil
}

// planting makes rows whose period began at a moment.
type planting struct {
	plant    func(k *keeping, at time.Time)
	left     []string      // each counts what is left of one sort of them
	grain    time.Duration // where rows are not as fine as a minute
	database bool          // it goes by the database's own clock
}

// plants says of each rule that runs out what it is about.
func plants() map[retention.Name]planting {
	return map[retention.Name]planting{
		retention.SignIns: {plant: (*keeping).signIn, left: []string{
			`SELECT count(*) FROM members.sign_in`, `SELECT count(*) FROM members.email_change`, `SELECT count(*) FROM members.phone_change`, `SELECT count(*) FROM members.sign_in_card`}},
		retention.Tries: {plant: (*keeping).try, left: []string{
			`SELECT count(*) FROM members.passkey_challenge`, `SELECT count(*) FROM members.factor_guess`}},
		retention.Sessions: {plant: func(k *keeping, at time.Time) {
			k.session(retention.Of(retention.Sessions).Keep.After(at), time.Time{})
		}, left: []string{`SELECT count(*) FROM members.session`}, database: true, grain: 2 * time.Hour}, // clocks may have changed meanwhile
		retention.EndedSession: {plant: func(k *keeping, at time.Time) { k.session(k.now.Add(time.Hour), at) },
			left: []string{`SELECT count(*) FROM members.session`}, database: true},
		retention.Invitations: {plant: (*keeping).invitation, left: []string{
			`SELECT count(*) FROM members.invitation`, `SELECT count(*) FROM members.client_invitation`}},
		retention.Imports: {plant: (*keeping).upload, left: []string{`SELECT count(*) FROM members.import`}},
		retention.Days:    {plant: (*keeping).dayOff, left: []string{`SELECT count(*) FROM members.member_day`}, grain: 25 * time.Hour},
		retention.Grants:  {plant: (*keeping).grant, left: []string{`SELECT count(*) FROM members.access_grant`}},
		retention.Reads:   {plant: (*keeping).read, left: []string{`SELECT count(*) FROM members.access_read`}, grain: time.Hour},
		retention.Reasons: {plant: (*keeping).deed, left: []string{`SELECT count(*) FROM members.audit_why`}},
		retention.Restrictions: {plant: func(k *keeping, at time.Time) { k.restriction(at); k.refusal(at) },
			left: []string{`SELECT count(*) FROM members.restriction`, `SELECT count(*) FROM members.client_refusal`}},
		retention.Reviews:    {plant: (*keeping).review, left: []string{`SELECT count(*) FROM members.review`}},
		retention.Whys:       {plant: (*keeping).why, left: []string{`SELECT count(*) FROM matching.review`}},
		retention.Contacts:   {plant: (*keeping).contact, left: []string{`SELECT count(*) FROM coaching.contact`}},
		retention.Goals:      {plant: (*keeping).goal, left: []string{`SELECT count(*) FROM coaching.goal`, `SELECT count(*) FROM coaching.goal_step`}},
		retention.Progress:   {plant: (*keeping).progress, left: []string{`SELECT count(*) FROM coaching.rung`, `SELECT count(*) FROM coaching.self_score`}},
		retention.Statements: {plant: (*keeping).statement, left: []string{`SELECT count(*) FROM coaching.statement`, `SELECT count(*) FROM coaching.satisfaction`}},
		retention.Reports:    {plant: (*keeping).report, left: []string{`SELECT count(*) FROM coaching.report`}},
		retention.Facts: {plant: (*keeping).fact, left: []string{
			`SELECT count(*) FROM coaching.fact`, `SELECT count(*) FROM coaching.guard_rail`}},
		retention.Questions: {plant: (*keeping).question, left: []string{`SELECT count(*) FROM coaching.question`}},
		retention.HandOvers: {plant: (*keeping).handOver, left: []string{`SELECT count(*) FROM coaching.handover`, `SELECT count(*) FROM coaching.stand_in`, `SELECT count(*) FROM coaching.release`, `SELECT count(*) FROM coaching.buddy`, `SELECT count(*) FROM coaching.buddy_message`}},
		retention.Offers: {plant: func(k *keeping, at time.Time) { k.offer(k.shift(at), "no", at) },
			left: []string{`SELECT count(*) FROM matching.offer`}},
		retention.Drafts: {plant: (*keeping).draft, left: []string{`SELECT count(*) FROM jobs.gig WHERE state = 'draft'`}},
		retention.Absences: {plant: func(k *keeping, at time.Time) { k.engagement("absent", at) },
			left: []string{`SELECT count(*) FROM jobs.engagement`, `SELECT count(*) FROM jobs.timesheet`, `SELECT count(*) FROM jobs.sheet_step`, `SELECT count(*) FROM jobs.dispute`}},
		retention.Work: {plant: func(k *keeping, at time.Time) { k.after(k.engagement("paid", at), at) }, left: []string{
			`SELECT count(*) FROM jobs.engagement`, `SELECT count(*) FROM jobs.timesheet`, `SELECT count(*) FROM jobs.sheet_step`, `SELECT count(*) FROM jobs.dispute`,
			`SELECT count(*) FROM jobs.feedback`, `SELECT count(*) FROM jobs.feedback_skill`, `SELECT count(*) FROM jobs.favourite`, `SELECT count(*) FROM jobs.job_offer`,
			`SELECT count(*) FROM jobs.gig WHERE emptied_at IS NULL AND description = 'Bij mevrouw Jansen' AND address = 'Lindenlaan 14'`,
			`SELECT count(*) FROM jobs.gig_meeting`, `SELECT count(*) FROM jobs.briefing_read`}},
		retention.Bills: {plant: func(k *keeping, at time.Time) { k.bill(keptAnna, "paid", at) }, left: []string{
			`SELECT count(*) FROM payments.bill WHERE title <> '' AND charge_id IS NOT NULL AND checkout_id IS NOT NULL`,
			`SELECT count(*) FROM payments.payout WHERE payout_id IS NOT NULL AND transfer_id IS NOT NULL`,
			`SELECT count(*) FROM payments.refund WHERE outside_id IS NOT NULL`, `SELECT count(*) FROM payments.dispute WHERE outside_id IS NOT NULL AND answer <> ''`,
			`SELECT count(*) FROM payments.settlement WHERE outside_id IS NOT NULL`,
			`SELECT count(*) FROM payments.objection WHERE words <> '' AND answer <> ''`, `SELECT count(*) FROM payments.balance_change`}},
		retention.Payees: {plant: func(k *keeping, at time.Time) { k.payee(k.alumni(at)) },
			left: []string{`SELECT count(*) FROM payments.payee`}},
		retention.Events: {plant: func(k *keeping, at time.Time) { k.event(at, at) },
			left: []string{`SELECT count(*) FROM payments.event`}},
		retention.Farewells: {plant: (*keeping).farewell, left: []string{`SELECT count(*) FROM members.farewell`}},
		retention.Changes: {plant: func(k *keeping, at time.Time) {
			k.exec(`INSERT INTO feed.change (kind, entity, cooperative_id, at) VALUES ('planted', gen_random_uuid(), $1, $2)`, keptHouse, at)
			k.exec(`INSERT INTO matching.keeper (id, seen_at, state, secret) VALUES (gen_random_uuid(), $1, 'ended', decode(repeat('ab', 32), 'hex'))`, at)
		}, left: []string{`SELECT count(*) FROM feed.change WHERE kind = 'planted'`, `SELECT count(*) FROM matching.keeper`}},
		retention.DoneTasks: {plant: func(k *keeping, at time.Time) { k.task("done", at) },
			left: []string{`SELECT count(*) FROM tasks.task WHERE kind = 'planted'`}, database: true},
	}
}

// next is a number that no other row has.
func (k *keeping) next() string {
	k.n++
	return fmt.Sprint("n", k.n)
}

func newID() string { return id.New[keeping](nil).String() }

func (k *keeping) signIn(at time.Time) {
	k.exec(`INSERT INTO members.sign_in (id, email, browser_hash, locale, asked_at, expires_at)
		VALUES (gen_random_uuid(), 'anna@meent.example', 'x', 'nl', $1, $1::timestamptz + interval '10 minutes')`, at)
	k.exec(`INSERT INTO members.email_change (id, person_id, old_email, new_email, asked_at, expires_at)
		VALUES (gen_random_uuid(), $2, 'anna@meent.example', 'new@meent.example', $1, $1::timestamptz + interval '10 minutes')`, at, keptAnna)
	k.exec(`INSERT INTO members.phone_change (id, person_id, sealed, mark, asked_at, expires_at)
		VALUES (gen_random_uuid(), $2, decode(repeat('ab', 60), 'hex'), decode(repeat('ab', 32), 'hex'), $1, $1::timestamptz + interval '10 minutes')`, at, keptAnna)
	k.exec(`INSERT INTO members.sign_in_card (id, cooperative_id, member_id, printer_id, secret_hash, printed_at, expires_at)
		VALUES (gen_random_uuid(), $2, $3, $4, $5, $1, $1::timestamptz + interval '15 minutes')`, at, keptHouse, keptAnna, keptNoor, []byte(k.next()))
}

func (k *keeping) farewell(at time.Time) {
	k.exec(`INSERT INTO members.farewell (id, email, locale, at) VALUES (gen_random_uuid(), 'anna@meent.example', 'nl', $1)`, at)
}

func (k *keeping) try(at time.Time) {
	k.exec(`INSERT INTO members.factor_guess (person_id, at) VALUES ($1, $2)`, keptAnna, at)
	k.exec(`INSERT INTO members.passkey_challenge (challenge_hash, browser_hash, data, expires_at) VALUES ($1, 'x', '{}', $2)`, []byte(k.next()), at)
}

func (k *keeping) session(expires, ended time.Time) {
	data := fmt.Sprintf(`{"person": %q, "id": %q}`, keptAnna, newID())
	k.exec(`INSERT INTO members.session (token_hash, data, expires_at, ended_at) VALUES ($1, $2, $3, nullif($4, '0001-01-01 00:00:00Z'::timestamptz))`,
		k.next(), data, expires, ended)
}

func (k *keeping) invitation(at time.Time) {
	k.exec(`INSERT INTO members.invitation (id, cooperative_id, invited_by, way, locale, begins, consent, made_at, expires_at)
		VALUES (gen_random_uuid(), $1, $2, 'card', 'nl', 'trial', 'not_needed', $3::timestamptz - interval '14 days', $3)`, keptHouse, keptNoor, at)
	k.exec(`INSERT INTO members.client_invitation (id, cooperative_id, client_id, email, name, duty, invited_by, invited_at, expires_at)
		VALUES (gen_random_uuid(), $1, $2, $5, 'Kees', 'contact', $3, $4::timestamptz - interval '168 hours', $4)`, keptHouse, keptLinde, keptNoor, at, k.next()+"@meent.example")
}

func (k *keeping) upload(at time.Time) {
	k.exec(`INSERT INTO members.import (id, cooperative_id, kind, made_by, rows, expires_at) VALUES (gen_random_uuid(), $1, 'members', $2, '[]', $3)`,
		keptHouse, keptNoor, retention.Of(retention.Imports).Keep.After(at))
}

func (k *keeping) dayOff(at time.Time) {
	k.exec(`INSERT INTO members.member_day (cooperative_id, member_id, day, off, extra) VALUES ($1, $2, $3::date, true, $4)`,
		keptHouse, keptAnna, string(members.DayOf(at)), make([]byte, 12))
}

func (k *keeping) grant(at time.Time) {
	k.n++
	k.exec(`INSERT INTO members.access_grant (id, cooperative_id, member_id, grantee_id, scope, granted_at, until, revoked_at)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, $5::timestamptz - interval '1 day', ($5::timestamptz + interval '1 month')::date, $5)`,
		keptHouse, keptAnna, keptNoor, string(members.Scopes()[k.n]), at)
}

func (k *keeping) read(at time.Time) {
	k.exec(`INSERT INTO members.access_read (cooperative_id, member_id, hour, reader_id, scope) VALUES ($1, $2, $3, $4, 'pay')`,
		keptHouse, keptAnna, at.Truncate(time.Hour), keptNoor)
}

// deed writes the next in the log, with its words.
func (k *keeping) deed(at time.Time) {
	k.n++
	k.exec(`INSERT INTO members.audit_head (cooperative_id, seq, hash) VALUES ($1, $2, 'x') ON CONFLICT (cooperative_id) DO UPDATE SET seq = $2`, keptHouse, k.n)
	k.exec(`INSERT INTO members.audit (cooperative_id, seq, at, by_id, by_kind, for_id, what, ref, detail, why_digest, hash)
		VALUES ($1, $2, $3, $4, 'coordinator', $5, 'person_restricted', '', '{}', $6, $6)`, keptHouse, k.n, at, keptNoor, keptAnna, make([]byte, 32))
	k.exec(`INSERT INTO members.audit_why (cooperative_id, seq, key_id, sealed) VALUES ($1, $2, repeat('a', 16), decode(repeat('ab', 60), 'hex'))`, keptHouse, k.n)
}

// restriction was lifted then; the zero time: it holds.
func (k *keeping) restriction(lifted time.Time) string {
	restriction := newID()
	k.exec(`INSERT INTO members.restriction (id, cooperative_id, person_id, by_id, by_role, by_kind, why, at)
		VALUES ($1, $2, $3, $4, $4, 'coordinator', decode(repeat('ab', 60), 'hex'), '2001-01-01')`, restriction, keptHouse, keptAnna, keptNoor)
	if !lifted.IsZero() {
		k.exec(`UPDATE members.restriction SET lifted_by = $2, lifted_role = $2, lifted_kind = 'coordinator', lifted_why = why, lifted_at = $3 WHERE id = $1`,
			restriction, keptNoor, lifted)
	}
	return restriction
}

func (k *keeping) review(at time.Time) { k.reviewOf(k.restriction(at), at) }

func (k *keeping) why(at time.Time) {
	k.exec(`INSERT INTO matching.review (id, cooperative_id, member_id, shift_id, rules, shows, asked_at, due_at, looker_id, alone, outcome, answer, answered_at)
		VALUES (gen_random_uuid(), $1, $2, $3, '{skill}', false, $5::timestamptz - interval '1 day', $5::timestamptz + interval '13 days', $4, false,
			'stands', decode(repeat('ab', 60), 'hex'), $5)`, keptHouse, keptAnna, k.shift(at), keptNoor, at)
}

func (k *keeping) reviewOf(restriction string, at time.Time) {
	k.exec(`INSERT INTO members.review (id, cooperative_id, asked_by, restriction_id, decided_by, decided_at, words, state, asked_at, due_at, taken_by, taken_at, alone,
			outcome, answer, answered_at)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, '2001-01-01', decode(repeat('ab', 60), 'hex'), 'answered', $5::timestamptz - interval '1 day', $5::timestamptz + interval '13 days',
			$4, $5, true, 'upheld', decode(repeat('ab', 60), 'hex'), $5)`, keptHouse, keptAnna, restriction, keptNoor, at)
}

func (k *keeping) fact(at time.Time) {
	k.exec(`INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref) VALUES (gen_random_uuid(), $1, $2, 'paid', $3, 0, $4)`,
		keptHouse, keptAnna, at, newID())
	k.exec(`INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, review_on, reason, state, by_member, proposed_by, proposed_at, answered_by, answered_at, closed_by, closed_at)
		VALUES (gen_random_uuid(), $1, $2, 'no_nights', '2001-01-01', decode(repeat('ab', 60), 'hex'), 'ended', false, $4, $3::timestamptz - interval '2 hours', $4, $3::timestamptz - interval '1 hour', $4, $3)`,
		keptHouse, keptAnna, at, keptNoor)
}

func (k *keeping) question(at time.Time) {
	k.exec(`INSERT INTO coaching.question (id, cooperative_id, member_id, page, text, state, asked_at, answer_before, answered_at, answered_by, answer)
		VALUES (gen_random_uuid(), $1, $2, '', decode(repeat('ab', 60), 'hex'), 'answered', $3::timestamptz - interval '1 hour', $3, $3, $4, decode(repeat('ab', 60), 'hex'))`, keptHouse, keptAnna, at, keptNoor)
}

func (k *keeping) contact(at time.Time) {
	k.exec(`INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, why, logged_at)
		VALUES (gen_random_uuid(), $1, $2, $3, 'call', $4, 10, decode(repeat('ab', 60), 'hex'), $4)`, keptHouse, keptAnna, keptNoor, at)
}

func (k *keeping) goal(at time.Time) {
	goal := newID()
	k.exec(`INSERT INTO coaching.goal (id, cooperative_id, member_id, text, state, made_at, made_by, ended_at)
		VALUES ($1, $2, $3, decode(repeat('ab', 60), 'hex'), 'met', $4::timestamptz - interval '1 day', $5, $4)`, goal, keptHouse, keptAnna, at, keptNoor)
	k.exec(`INSERT INTO coaching.goal_step (id, cooperative_id, member_id, goal_id, text, made_at) VALUES (gen_random_uuid(), $1, $2, $3, decode(repeat('ab', 60), 'hex'), $4)`,
		keptHouse, keptAnna, goal, at)
}

func (k *keeping) statement(at time.Time) {
	one := newID()
	k.exec(`INSERT INTO coaching.statement (id, cooperative_id, member_id, coach_id, funder, from_day, until_day, state, begun_at, moved_at)
		VALUES ($1, $2, $3, $4, 'uwv', $5::timestamptz::date - 30, $5::timestamptz::date - 30, 'withdrawn', $5, $5)`, one, keptHouse, keptAnna, keptNoor, at)
	k.exec(`INSERT INTO coaching.satisfaction (id, cooperative_id, member_id, statement_id, by_kind, asked_at) VALUES (gen_random_uuid(), $1, $2, $3, 'member', $4)`,
		keptHouse, keptAnna, one, at)
}

func (k *keeping) progress(at time.Time) {
	k.exec(`INSERT INTO coaching.rung (id, cooperative_id, member_id, step, occasion, state, proposed_at, proposed_by, settled_at, settled_by)
		VALUES (gen_random_uuid(), $1, $2, 3, 'intake', 'dropped', $3, $4, $3, $4)`, keptHouse, keptAnna, at, keptNoor)
	k.exec(`INSERT INTO coaching.self_score (cooperative_id, member_id, week, given_at, feel, work, next)
		SELECT $1, $2, date '2001-01-01' + 7 * (extract(epoch FROM $3::timestamptz)::bigint / 60 % 100000)::int, $3, 3, 3, 3`, keptHouse, keptAnna, at) // a week for each minute
}

func (k *keeping) handOver(at time.Time) {
	k.exec(`INSERT INTO coaching.release (id, cooperative_id, member_id, client_id, state, until, alone, begun_by, begun_at, member_at, released_at, ended_by, ended_at)
		VALUES (gen_random_uuid(), $1, $2, $3, 'revoked', ($5::timestamptz + interval '1 month')::date, true, $4, $5::timestamptz - interval '1 day',
			$5::timestamptz - interval '1 day', $5::timestamptz - interval '1 day', $4, $5)`, keptHouse, keptAnna, keptLinde, keptNoor, at)
	k.exec(`INSERT INTO coaching.handover (id, cooperative_id, member_id, from_id, to_id, reason, day, state, proposed_at, proposed_by, closed_at)
		VALUES (gen_random_uuid(), $1, $2, $3, $2, 'leaves', '2001-01-01', 'withdrawn', $4, $3, $4)`, keptHouse, keptAnna, keptNoor, at)
	k.exec(`INSERT INTO coaching.stand_in (id, cooperative_id, member_id, coach_id, colleague_id, begins, until, named_at, ended_at)
		VALUES (gen_random_uuid(), $1, $2, $3, $2, '2100-01-01', '2100-01-02', $4, $4)`, keptHouse, keptAnna, keptNoor, at)
	pair := newID()
	k.exec(`INSERT INTO coaching.buddy (id, cooperative_id, member_id, buddy_id, state, member_yes, asked_at, asked_by, closed_at)
		VALUES ($1, $2, $3, $4, 'refused', true, $5, $6, $5)`, pair, keptHouse, keptAnna, k.alumni(at), at, keptNoor)
	k.exec(`INSERT INTO coaching.buddy_message (id, cooperative_id, pair_id, by_member, text, sent_at) VALUES (gen_random_uuid(), $1, $2, true, decode(repeat('ab', 60), 'hex'), $3)`,
		keptHouse, pair, at)
}

func (k *keeping) report(at time.Time) {
	k.exec(`INSERT INTO coaching.report (id, cooperative_id, member_id, ref, kind, text, state, reported_at, look_before, taken_at, taken_by, closed_at, closed_by, done)
		VALUES (gen_random_uuid(), $1, $2, gen_random_uuid(), 'place', decode(repeat('ab', 60), 'hex'), 'closed', $3::timestamptz - interval '2 hours', $3, $3, $4, $3, $4, decode(repeat('ab', 60), 'hex'))`,
		keptHouse, keptAnna, at, keptNoor)
}

// shift is the one of a gig, and ends then.
func (k *keeping) shift(ends time.Time) string {
	gig, shift := newID(), newID()
	k.exec(`INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load, support_on_site, with_others,
			state, posted_by, posted_at)
		VALUES ($1, $2, $3, 'Ramen', 'Bij mevrouw Jansen', 'nl', 'nijmegen', 'Lindenlaan 14', 1600, 'light', false, false, 'open', $4, $5::timestamptz - interval '1 day')`,
		gig, keptHouse, keptLinde, keptNoor, ends)
	k.exec(`INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, point, contact_name, contact_phone) VALUES ($1, $2, 'Bij de fontein', 'Piet', '026 123 45 67')`, keptHouse, gig)
	k.exec(`INSERT INTO jobs.briefing_read (cooperative_id, gig_id, member_id, version, read_at) VALUES ($1, $2, $3, 1, $4)`, keptHouse, gig, keptAnna, ends)
	k.exec(`INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
		VALUES ($1, $2, $3, $4::timestamptz - interval '1 minute', $4, 0, 1)`, shift, keptHouse, gig, ends)
	return shift
}

func (k *keeping) draft(at time.Time) {
	gig := newID()
	k.exec(`INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load,
			state, posted_by, posted_at, touched_at)
		VALUES ($1, $2, $3, '', '', 'nl', 'nijmegen', 'Lindenlaan 14', 0, '', 'draft', $4, $5, $5)`, gig, keptHouse, keptLinde, keptNoor, at)
	k.exec(`INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
		VALUES (gen_random_uuid(), $1, $2, $3, $3::timestamptz + interval '1 hour', 0, 1)`, keptHouse, gig, at)
}

func (k *keeping) offer(shift, state string, at time.Time) {
	k.exec(`INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, answered_at, decided_at)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, 5, 1, '{"total": 5}', $5::timestamptz - interval '1 hour', $5, $5, CASE WHEN $4 IN ('confirmed', 'reserve') THEN $5::timestamptz END)`,
		keptHouse, shift, keptAnna, state, at)
}

// engagement has its hours; the work ended then.
func (k *keeping) engagement(state string, ends time.Time) string {
	engagement, shift := newID(), k.shift(ends)
	k.exec(`INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at, absent_at, absent_role_id)
		VALUES ($1, $2, $3, $4, $5::timestamptz - interval '1 minute', $5, $6, $5, CASE WHEN $6 = 'absent' THEN $5::timestamptz END, CASE WHEN $6 = 'absent' THEN $7::uuid END)`,
		engagement, keptHouse, shift, keptAnna, ends, state, keptNoor)
	k.exec(`INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, proposed_at) VALUES (gen_random_uuid(), $1, $2, 'member_proposed', 60, $3)`,
		keptHouse, engagement, ends)
	k.exec(`INSERT INTO jobs.sheet_step (cooperative_id, engagement_id, n, what, kind, minutes, break_minutes, at) VALUES ($1, $2, 1, 'silent', 'program', 60, 0, $3)`,
		keptHouse, engagement, ends)
	k.exec(`INSERT INTO jobs.dispute (id, cooperative_id, engagement_id, state, by_kind, by_role, undisputed_minutes, most_minutes, reason, disputed_at)
		VALUES (gen_random_uuid(), $1, $2, 'open', 'client', $4, 0, 60, $5, $3)`, keptHouse, engagement, ends, keptNoor, make([]byte, 40))
	return shift
}

// after is what was said, asked and offered after the work of a shift.
func (k *keeping) after(shift string, at time.Time) {
	feedback := newID()
	const work = ` FROM jobs.engagement WHERE shift_id = $2`
	k.exec(`INSERT INTO jobs.feedback (id, cooperative_id, engagement_id, side, by_role_id, given_at) SELECT $1, cooperative_id, id, 'client', $3, $4`+work, feedback, shift, keptNoor, at)
	k.exec(`INSERT INTO members.skill_group (code, nl, en) VALUES ('planted', 'x', 'x') ON CONFLICT DO NOTHING`)
	k.exec(`INSERT INTO members.skill (code, group_code, nl, en, synonyms_nl) VALUES ('planted', 'planted', 'x', 'x', '{}') ON CONFLICT DO NOTHING`)
	k.exec(`INSERT INTO jobs.feedback_skill (cooperative_id, feedback_id, skill_code, word) VALUES ($1, $2, 'planted', 'well')`, keptHouse, feedback)
	k.exec(`INSERT INTO jobs.favourite (id, cooperative_id, member_id, client_id, engagement_id, state, asked_by, asked_at, answered_at)
		SELECT gen_random_uuid(), cooperative_id, member_id, $1, id, 'refused', $3, $4, $4`+work, keptLinde, shift, keptNoor, at)
	k.exec(`INSERT INTO jobs.job_offer (id, cooperative_id, member_id, client_id, engagement_id, title, hours_week, starts_on, words, state, offered_by, offered_at, due_at, closed_at)
		SELECT gen_random_uuid(), cooperative_id, member_id, $1, id, 'Medewerker groen', 24, '2001-01-01', decode(repeat('ab', 60), 'hex'), 'declined', $3, $4, $4, $4`+work, keptLinde, shift, keptNoor, at)
}

// refusal is of a client whose contact ended it then.
func (k *keeping) refusal(ended time.Time) {
	contact := newID()
	k.exec(`INSERT INTO members.person (id, email, name, locale, created_at) VALUES ($1, $2, 'Kees', 'nl', '2001-01-01')`, contact, k.next()+"@meent.example")
	k.exec(`INSERT INTO members.role (id, cooperative_id, person_id, kind, client_id, duty, created_at) VALUES ($1, $2, $1, 'client', $3, 'contact', '2001-01-01')`, contact, keptHouse, keptLinde)
	k.exec(`INSERT INTO members.client_refusal (id, cooperative_id, member_id, client_id, by_id, by_role, by_kind, code, why, at, until, ended_at, ended_how)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, $4, 'client', 'contact', decode(repeat('ab', 60), 'hex'), $5::timestamptz - interval '1 day', ($5::timestamptz + interval '1 month')::date, $5, 'client')`,
		keptHouse, keptAnna, keptLinde, contact, ended)
}

// bill was paid by the client then; the wage is in this state.
func (k *keeping) bill(member, wage string, paid time.Time) {
	bill, line := newID(), newID()
	k.exec(`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at,
			checkout_id, charge_id, paid_at)
		VALUES ($1, $2, $3, $6, 'Ramen', 'nl', '2001-01-01', 60, 1600, 1600, 'paid', $4, $5, $5, $4)`, bill, keptHouse, keptLinde, paid, k.next(), bill)
	k.exec(`INSERT INTO payments.balance_change (id, kind, source, amount_cents, fee_cents, net_cents, happened_at) VALUES ($1, 'charge', $1, 1600, 0, 1600, $2)`, k.next(), paid)
	k.exec(`INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents) VALUES ($1, $2, $3, 'wage', $4, 1600)`, line, keptHouse, bill, member)
	k.exec(`INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id, payout_id, sent_at, paid_at)
		VALUES (gen_random_uuid(), $1, $2, $3, 1600, $4, $5, $6, $6, $5, CASE WHEN $4 = 'paid' THEN $5::timestamptz END)`, keptHouse, line, member, wage, paid, k.next())
	k.moneyBack(bill, paid)
	k.wageBack(line, paid)
}

// wageBack is a part of a wage that was asked back and taken back.
func (k *keeping) wageBack(line string, at time.Time) {
	clawback := newID()
	k.exec(`INSERT INTO payments.clawback (id, cooperative_id, line_id, member_id, cents, reason_sealed, state, asked_by, asked_at, decided_by, decided_at, settled_at)
		SELECT $1, cooperative_id, id, member_id, 100, $5, 'settled', $4, $3, (SELECT id FROM members.role WHERE cooperative_id = l.cooperative_id AND id <> $4 ORDER BY id LIMIT 1), $3, $3
		FROM payments.bill_line l WHERE id = $2`, clawback, line, at, keptNoor, make([]byte, 40))
	k.exec(`INSERT INTO payments.settlement (id, cooperative_id, clawback_id, way, cents, reason_sealed, state, payout_id, number, asked_by, asked_at, ended_at, outside_id)
		SELECT gen_random_uuid(), o.cooperative_id, $1, 'reversal', 100, $5, 'done', o.id, 0, $4, $3, $3, $6 FROM payments.payout o WHERE o.line_id = $2`, clawback, line, at, keptNoor, make([]byte, 40), k.next())
}

// moneyBack is what went back of a bill, and what was said about it.
func (k *keeping) moneyBack(bill string, at time.Time) {
	k.exec(`INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, outside, asked_at, sent_at, done_at, loss_cents, outside_id)
		VALUES (gen_random_uuid(), $1, $2, 100, '', 'done', true, $3, $3, $3, 100, $4)`, keptHouse, bill, at, k.next())
	k.exec(`INSERT INTO payments.dispute (id, cooperative_id, bill_id, outside_id, cents, state, reason, opened_at, closed_at, answer, answer_state, answer_by, answer_at)
		VALUES (gen_random_uuid(), $1, $2, $3, 100, 'closed', 'general', $4, $4, 'Bij mevrouw Jansen', 'sent', $5, $4)`, keptHouse, bill, k.next(), at, keptNoor)
	k.exec(`INSERT INTO payments.objection (id, cooperative_id, bill_id, words, asked_by, asked_at, state, answer, answered_by, answered_at)
		VALUES (gen_random_uuid(), $1, $2, 'Het was korter.', $4, $3, 'answered', 'Dat klopt.', $4, $3)`, keptHouse, bill, at, keptNoor)
}

// alumni is a member who left then.
func (k *keeping) alumni(left time.Time) string {
	who := newID()
	k.exec(`INSERT INTO members.person (id, email, name, locale, created_at) VALUES ($1, $2, 'Wim', 'nl', '2000-01-01')`, who, k.next()+"@meent.example")
	k.exec(`INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at) VALUES ($1, $2, $1, 'member', '2000-01-01')`, who, keptHouse)
	k.exec(`INSERT INTO members.member (id, cooperative_id, role_id, place_code, reach_m, travel, state, alumni_at)
		VALUES ($1, $2, $1, 'nijmegen', 5000, 'bike', 'alumni', $3)`, who, keptHouse, left)
	return who
}

func (k *keeping) payee(member string) {
	k.exec(`INSERT INTO payments.payee (cooperative_id, member_id, account, changed_at) VALUES ($1, $2, $3, now())`, keptHouse, member, k.next())
}

func (k *keeping) event(received, done time.Time) {
	k.exec(`INSERT INTO payments.event (id, endpoint, account, kind, object, happened_at, received_at, done_at)
		VALUES ($1, 'platform', '', 'charge.refunded', 'ch_1', $2, $2, nullif($3, '0001-01-01 00:00:00Z'::timestamptz))`, k.next(), received, done)
}

func (k *keeping) task(state string, ended time.Time) {
	k.exec(`INSERT INTO tasks.task (id, kind, payload, lane, state, created_at, due_at, ended_at, problem, last_error)
		VALUES (gen_random_uuid(), 'planted', '{}', 0, $1, $2, $2, $2, CASE WHEN $1 = 'dead' THEN 'failed' END, CASE WHEN $1 = 'dead' THEN 'x' END)`, state, ended)
}

func (k *keeping) post() {
	k.exec(`WITH e AS (INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, posted_at)
			VALUES (gen_random_uuid(), $1, 'x', sha256('x'), 'other', '2001-01-01') RETURNING *)
		INSERT INTO payments.posting (cooperative_id, entry_id, number, source, destination, cents, posted_at)
		SELECT cooperative_id, id, 1, $2, 'coop:contribution', 100, posted_at FROM e`, keptHouse, "client:"+keptLinde)
}

// plantOpen makes what is old and not over, and gives what counts each.
func (k *keeping) plantOpen(old time.Time) (left []string) {
	k.exec(`INSERT INTO coaching.question (id, cooperative_id, member_id, page, text, state, asked_at, answer_before)
		VALUES (gen_random_uuid(), $1, $2, '', decode(repeat('ab', 60), 'hex'), 'asked', $3, $3::timestamptz + interval '1 day')`, keptHouse, keptAnna, old)
	k.exec(`INSERT INTO coaching.report (id, cooperative_id, member_id, ref, kind, text, state, reported_at, look_before, taken_at, taken_by)
		VALUES (gen_random_uuid(), $1, $2, gen_random_uuid(), 'place', decode(repeat('ab', 60), 'hex'), 'taken', $3, $3::timestamptz + interval '1 hour', $3, $4)`, keptHouse, keptAnna, old, keptNoor)
	k.reviewOf(k.restriction(time.Time{}), old)
	k.offer(k.engagement("billed", old), "confirmed", old)
	k.offer(k.shift(old.Add(time.Hour)), "reserve", old)
	k.exec(`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at)
		VALUES (gen_random_uuid(), $1, $2, 'work', 'Zolder', 'nl', '2001-01-01', 60, 1600, 1600, 'due', $3)`, keptHouse, keptLinde, old)
	who := k.alumni(old)
	k.payee(who)
	k.bill(who, "failed", old)
	k.event(old, time.Time{})
	k.task("dead", old)
	return []string{
		`SELECT count(*) FROM coaching.question`, `SELECT count(*) FROM coaching.report`, `SELECT count(*) FROM members.review`,
		`SELECT count(*) FROM members.restriction`, `SELECT count(*) FROM jobs.engagement`, `SELECT count(*) FROM jobs.timesheet`, `SELECT count(*) FROM jobs.sheet_step`, `SELECT count(*) FROM jobs.dispute`,
		`SELECT count(*) FROM matching.offer WHERE state = 'confirmed'`, `SELECT count(*) FROM matching.offer WHERE state = 'reserve'`,
		`SELECT count(*) FROM payments.bill WHERE state = 'due' AND title <> ''`,
		`SELECT count(*) FROM payments.bill WHERE state = 'paid' AND title <> '' AND charge_id IS NOT NULL`,
		`SELECT count(*) FROM payments.payout WHERE payout_id IS NOT NULL`, `SELECT count(*) FROM payments.payee`,
		`SELECT count(*) FROM payments.event`, `SELECT count(*) FROM tasks.task WHERE kind = 'planted'`,
		`SELECT count(*) FROM jobs.gig WHERE emptied_at IS NULL`,
	}
}
