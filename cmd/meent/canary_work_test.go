package main

import (
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// works lets the member work for the first client, and everybody write all that
// they can about it.
func (c *canary) works(one canarySinger) {
	ctx, work := c.t.Context(), c.jobs()
	client, office := c.actor(c.t, members.RoleClient), c.actor(c.t, members.RoleCoordinator)
	engagement, gig := c.worked(one.Actor, client)
	offered := c.offered(gig, one.Actor)
	two := append(c.contacts(client), one.Person)
	three := append(c.coordinators(one.Actor), two...)
	day := members.DayOf(c.now())
	c.paths = append(c.paths, "/engagements/"+engagement.String(), "/engagements/"+engagement.String()+"/feedback", "/engagements/"+engagement.String()+"/dispute",
		"/disputes/"+engagement.String(), "/refusals", "/gigs/"+gig.String()+"/meeting", "/gigs/"+gig.String(), "/gigs/"+gig.String()+"/when", "/offers/"+offered, "/progress", "/caseload/"+one.Member.String()+"/refusals")
	c.must(
		work.ProposeHours(ctx, one.Actor, engagement, jobs.Hours{Worked: time.Hour, Reason: c.mark("reason of a member's hours", true, three...)}),
		work.ProposeHours(ctx, client, engagement, jobs.Hours{Worked: 40 * time.Minute, Reason: c.mark("reason of a client's hours", true, three...)}),
		work.DisputeHours(ctx, one.Actor, engagement, jobs.Disputing{Undisputed: 30 * time.Minute, Reason: c.mark("reason of a dispute", true, three...)}),
		work.DecideHours(ctx, office, engagement, jobs.Deciding{Worked: 50 * time.Minute, Reason: c.mark("decision about hours", true, three...)}),
		work.GiveFeedback(ctx, client, engagement, jobs.NewFeedback{Sentence: c.mark("feedback of a client", true, two...)}),
		work.AnswerFeedback(ctx, one.Actor, engagement, c.mark("answer to feedback", true, two...)),
		work.GiveFeedback(ctx, one.Actor, engagement, jobs.NewFeedback{Sentence: c.mark("feedback of a member", true, three...)}),
		work.ChangeMeeting(ctx, client, gig, jobs.Meeting{Point: c.mark("meeting point", false, c.workers(gig, three)...), ContactName: c.mark("contact on the spot", false, c.workers(gig, three)...), ContactPhone: "026 123 45 67"}),
	)
	_, err := c.db.Exec(ctx, `UPDATE jobs.gig SET address = $2 WHERE id = $1`, gig, c.mark("exact address of a gig", false, c.workers(gig, three)...))
	c.must(err)
	job, err := work.OfferJob(ctx, client, engagement, jobs.NewJobOffer{Title: "Medewerker groen", Hours: 24, Starts: day.AddMonths(1),
		Words: c.mark("words of a job offer", true, append(two, one.coach.Person)...)})
	c.must(err, work.AnswerJob(ctx, one.Actor, job, jobs.JobNo, c.mark("why no job", true, one.Person, one.coach.Person)))
	c.must(work.RefuseMember(ctx, client, engagement, members.NewClientRefusal{Code: members.RefusedContact, Until: day.AddMonths(3),
		Why: c.mark("why a client refuses", true, append(three, one.coach.Person)...)}))
	c.paths = append(c.paths, "/jobs/"+job.String())
}

// worked gives work of the member at that client that is over, and its gig.
func (c *canary) worked(one, client members.Actor) (e jobs.EngagementID, gig jobs.GigID) {
	c.t.Helper()
	const insert = `
		WITH past AS (
			INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
			SELECT gen_random_uuid(), cooperative_id, id, $3::timestamptz - n * interval '3 hours', $3::timestamptz - n * interval '3 hours' + interval '2 hours', 0, 1
			FROM jobs.gig, generate_series(1, 200) n
			WHERE cooperative_id = $1 AND client_id = $4 AND state = 'open' AND NOT EXISTS (SELECT FROM jobs.engagement e WHERE e.member_id = $2
				AND e.starts_at < $3::timestamptz - n * interval '3 hours' + interval '2 hours' AND e.ends_at > $3::timestamptz - n * interval '3 hours')
			ORDER BY n, id LIMIT 1
			RETURNING *)
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT gen_random_uuid(), cooperative_id, id, $2, starts_at, ends_at, 'confirmed', starts_at - interval '1 day' FROM past
		RETURNING id, (SELECT gig_id FROM past)`
	c.must(c.db.QueryRow(c.t.Context(), insert, one.Cooperative, one.Member, c.now(), client.Client).Scan(&e, &gig))
	return e, gig
}

// offered puts a shift to come of the gig to every other member, and gives one of
// those offers.
func (c *canary) offered(gig jobs.GigID, but members.Actor) (offer string) {
	c.t.Helper()
	const insert = `
		WITH later AS (
			INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
			VALUES (gen_random_uuid(), $1, $2, $4::timestamptz + interval '40 days', $4::timestamptz + interval '40 days 2 hours', 0, 1) RETURNING *)
		INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until)
		SELECT gen_random_uuid(), m.cooperative_id, later.id, m.id, 'sent', 0, 1, '{"version": 1, "total": 0, "points": []}', $4, $4::timestamptz + interval '1 day'
		FROM later, members.member m WHERE m.cooperative_id = $1 AND m.id <> $3 AND m.state IN ('trial', 'member') RETURNING id::text`
	rows, err := c.db.Query(c.t.Context(), insert, but.Cooperative, gig, but.Member, c.now())
	c.must(err)
	offers, err := pgx.CollectRows(rows, pgx.RowTo[string])
	c.must(err)
	if len(offers) < 5 {
		c.t.Fatalf("only %d members were asked", len(offers))
	}
	return offers[0]
}

// contacts are the people of a client.
func (c *canary) contacts(client members.Actor) (list []members.PersonID) {
	c.t.Helper()
	c.must(c.db.QueryRow(c.t.Context(), `SELECT array_agg(person_id) FROM members.role WHERE client_id = $1`, client.Client).Scan(&list))
	return list
}

// workers are those who ever had a seat at a gig, and others who read of its day.
func (c *canary) workers(gig jobs.GigID, others []members.PersonID) []members.PersonID {
	c.t.Helper()
	const query = `
		SELECT coalesce(array_agg(DISTINCT r.person_id), '{}') FROM jobs.shift s JOIN jobs.engagement e ON e.shift_id = s.id
		JOIN members.member m ON m.id = e.member_id JOIN members.role r ON r.id = m.role_id WHERE s.gig_id = $1`
	var list []members.PersonID
	c.must(c.db.QueryRow(c.t.Context(), query, gig).Scan(&list))
	return slices.Concat(list, others)
}

// callsOff lets the member call off work for a reason of their own.
func (c *canary) callsOff(one canarySinger) {
	var e jobs.EngagementID
	c.must(e.Scan(c.engage(one.Actor)))
	c.must(c.jobs().CallOff(c.t.Context(), one.Actor, e, jobs.OffReason{Why: jobs.OffIll, Text: c.mark("what who calls off says", true, one.Person)}))
	c.paths = append(c.paths, "/engagements/"+e.String(), "/engagements/"+e.String()+"/arranged")
}

// steps lets the first coach who may put their member on a step.
func (c *canary) steps(all []canarySinger) {
	c.t.Helper()
	for _, one := range all {
		var no *members.NotGranted
		why := c.mark("why a step", true, one.Person, one.coach.Person)
		err := c.coaches.MoveWorkStep(c.t.Context(), one.coach, one.Member, coaching.AccompaniedStep, why)
		if errors.As(err, &no) {
			c.markers = c.markers[:len(c.markers)-1]
			continue
		}
		c.must(err)
		c.paths = append(c.paths, "/caseload/"+one.Member.String()+"/progress")
		return
	}
	c.t.Fatal("no coach may")
}
