package main

import (
	"context"
	"errors"
	"time"

	"meent/cmd/drill/errand"
	"meent/payments"
	"meent/payments/stripesim"
)

// prepare chooses a client with many members around, and counts from now on how often each event comes.
func (s *story) prepare(ctx context.Context) error {
	const central = `
		SELECT r.id::text FROM members.role r
		JOIN members.client c ON c.cooperative_id = r.cooperative_id AND c.id = r.client_id JOIN members.place p ON p.code = c.place_code
		ORDER BY (SELECT count(*) FROM members.member m JOIN members.place h ON h.code = m.place_code
			WHERE m.cooperative_id = c.cooperative_id AND abs(h.lat - p.lat) < 0.03 AND abs(h.lon - p.lon) < 0.05) DESC, r.id LIMIT 1`
	var role string
	if err := s.rig.db.QueryRow(ctx, central).Scan(&role); err != nil {
		return err
	}
	const knocks = `
		CREATE TABLE drill.knock (event text NOT NULL);
		CREATE FUNCTION drill.note_knock() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			INSERT INTO drill.knock VALUES (NEW.id);
			RETURN NEW;
		END $$;
		CREATE TRIGGER knock BEFORE INSERT ON payments.event FOR EACH ROW EXECUTE FUNCTION drill.note_knock();`
	if _, err := s.rig.db.Exec(ctx, knocks); err != nil {
		return err
	}
	var err error
	s.client, err = s.meet(role)
	return err
}

// comeToRest lets two hours pass and waits until nothing is due any more, or the
// patience is over.
func (s *story) comeToRest(ctx context.Context) error {
	if err := s.house.later(ctx, hoursLater); err != nil {
		return err
	}
	const busy = `
		SELECT (SELECT count(*) FROM tasks.task WHERE kind <> $1 AND (state IN ('sent', 'running') OR state = 'waiting' AND due_at < $2))
			+ (SELECT count(*) FROM stripesim.event WHERE due_at IS NOT NULL)`
	for late := time.Now().Add(s.rig.calm); time.Now().Before(late); {
		var left int
		err := s.rig.db.QueryRow(ctx, busy, errand.Tick{}.Kind(), time.Now().Add(s.house.clock)).Scan(&left)
		if err == nil && left > 0 {
			err = s.rig.rest(ctx, 200*time.Millisecond)
		}
		if err != nil || left == 0 {
			return err
		}
	}
	return nil
}

// judge looks from outside, at what is left behind.
func (s *story) judge(ctx context.Context, stopped string) (v verdict, err error) {
	r := s.rig
	r.say(&v, stopped == "", "the story came to its end %s", stopped)
	r.say(&v, s.house.kills >= r.kills, "%d kills", s.house.kills)
	r.say(&v, len(s.broken) == 0, "%d pages that failed%s", len(s.broken), some(s.broken))
	return v, errors.Join(s.judgeOnes(ctx, &v), s.judgeBooks(ctx, &v), s.judgeTasks(ctx, &v), s.judgeNews(ctx, &v))
}

// ours is what became of the gig in our own tables.
const ours = `
	WITH gig AS (SELECT * FROM jobs.gig WHERE title = $1),
	engagement AS (SELECT e.* FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id WHERE s.gig_id IN (SELECT id FROM gig)),
	bill AS (SELECT * FROM payments.bill WHERE ref IN (SELECT id::text FROM engagement)),
	wage AS (SELECT * FROM payments.bill_line WHERE kind = 'wage' AND bill_id IN (SELECT id FROM bill)),
	payout AS (SELECT * FROM payments.payout WHERE line_id IN (SELECT id FROM wage)) `

// ones are things of which there must be exactly one, and in this state.
func ones() []struct{ what, query string } {
	return []struct{ what, query string }{
		{"gig, open or done by itself", `SELECT count(*), count(*) FILTER (WHERE state IN ('open', 'done')) FROM gig`},
		{"engagement, paid", `SELECT count(*), count(*) FILTER (WHERE state = 'paid') FROM engagement`},
		{"timesheet, three hours agreed", `SELECT count(*), count(*) FILTER (WHERE state = 'agreed' AND minutes = 180)
			FROM jobs.timesheet WHERE engagement_id IN (SELECT id FROM engagement)`},
		{"bill, paid", `SELECT count(*), count(*) FILTER (WHERE state = 'paid') FROM bill`},
		{"payout, paid", `SELECT count(*), count(*) FILTER (WHERE o.state = 'paid' AND o.cents = w.cents) FROM payout o JOIN wage w ON w.id = o.line_id`},
		{"checkout at the simulator, of the bill's total", `SELECT count(*), count(*) FILTER (WHERE s.status = 'complete' AND s.amount = b.total_cents)
			FROM stripesim.session s JOIN bill b ON b.id::text = s.client_reference`},
		{"charge there, of the bill's total", `SELECT count(*), count(*) FILTER (WHERE c.status = 'succeeded' AND c.amount = b.total_cents)
			FROM stripesim.charge c JOIN bill b ON b.id::text = c.transfer_group`},
		{"account there, the member's", `SELECT count(*), count(*) FROM stripesim.account WHERE metadata->>'payee' IN (SELECT member_id::text FROM engagement)`},
		{"transfer there, of the wage", `SELECT count(*), count(*) FILTER (WHERE t.amount = o.cents)
			FROM stripesim.transfer t JOIN payout o ON o.id::text = t.metadata->>'payout'`},
		{"payout there, of the wage, at the bank", `SELECT count(*), count(*) FILTER (WHERE p.status = 'paid' AND p.amount = o.cents)
			FROM stripesim.payout p JOIN payout o ON p.metadata->>'payout' LIKE o.id || ':%'`},
	}
}

func (s *story) judgeOnes(ctx context.Context, v *verdict) error {
	for _, one := range ones() {
		var all, right int
		if err := s.rig.db.QueryRow(ctx, ours+one.query, title).Scan(&all, &right); err != nil {
			return err
		}
		s.rig.say(v, all == 1 && right == 1, "%d %s (%d of them right)", all, one.what, right)
	}
	return nil
}

// judgeBooks holds our ledger against itself, and against the simulator's book.
func (s *story) judgeBooks(ctx context.Context, v *verdict) error {
	const ledger = `
		WITH account AS ( -- a hot one has several rows
			SELECT cooperative_id, address, sum(balance_cents)::bigint AS balance_cents FROM payments.account GROUP BY cooperative_id, address
		)
		SELECT coalesce(sum(balance_cents), 0), count(*) FILTER (WHERE balance_cents <>
				(SELECT coalesce(sum(CASE a.address WHEN p.destination THEN p.cents ELSE -p.cents END), 0)
				FROM payments.posting p WHERE p.cooperative_id = a.cooperative_id AND a.address IN (p.source, p.destination))),
			coalesce(sum(balance_cents) FILTER (WHERE address LIKE 'bill:%' OR address LIKE '%:payable' OR address LIKE 'coop:%'), 0),
			coalesce(sum(balance_cents) FILTER (WHERE address LIKE '%:bank'), 0)
		FROM account a`
	var sum, wrong int
	var atStripe, atBanks int64
	if err := s.rig.db.QueryRow(ctx, ledger).Scan(&sum, &wrong, &atStripe, &atBanks); err != nil {
		return err
	}
	s.rig.say(v, sum == 0 && wrong == 0, "the ledger sums to %d, %d balances are not their postings", sum, wrong)
	faults, err := payments.New(s.rig.db, nil, nil, nil, time.Now, nil).Audit(ctx)
	if err != nil {
		return err
	}
	s.rig.say(v, len(faults) == 0, "%d faults in the audit %v", len(faults), faults)
	book, err := stripesim.New(s.rig.db, stripesim.Config{}).Book(ctx)
	if err != nil && !errors.Is(err, stripesim.ErrUnbalanced) {
		return err
	}
	s.rig.say(v, err == nil && atStripe == book.Platform && atBanks == book.PaidOut,
		"the simulator's book has %d cents and paid out %d, the ledger says %d and %d", book.Platform, book.PaidOut, atStripe, atBanks)
	return nil
}

// judgeTasks: nothing is dead, and nothing fails for ever.
func (s *story) judgeTasks(ctx context.Context, v *verdict) error {
	const query = `
		SELECT count(*) FILTER (WHERE state = 'dead'), count(*) FILTER (WHERE state IN ('waiting', 'sent', 'running') AND failures > 0),
			count(*) FILTER (WHERE state = 'done'), coalesce(sum(lost), 0)
		FROM tasks.task`
	var dead, failing, done, vanished int
	if err := s.rig.db.QueryRow(ctx, query).Scan(&dead, &failing, &done, &vanished); err != nil {
		return err
	}
	s.rig.say(v, dead == 0 && failing == 0, "%d dead and %d failing tasks; %d done, %d tries vanished", dead, failing, done, vanished)
	return nil
}

// judgeNews: each event came, those that are to be followed more than once as a rule,
// and these were followed up; and nobody got the same mail twice.
func (s *story) judgeNews(ctx context.Context, v *verdict) error {
	const query = `
		SELECT (SELECT count(*) FROM payments.event), (SELECT count(*) FROM payments.event WHERE done_at IS NULL),
			(SELECT count(*) FROM drill.knock), (SELECT count(*) FROM mail.message),
			(SELECT count(*) FROM (SELECT FROM mail.message GROUP BY recipient, subject, text HAVING count(*) > 1) twice)`
	var stored, undone, knocks, mails, twice int
	if err := s.rig.db.QueryRow(ctx, query).Scan(&stored, &undone, &knocks, &mails, &twice); err != nil {
		return err
	}
	n, err := readNews(ctx, s.rig.db)
	if err != nil {
		return err
	}
	s.rig.say(v, n.wanted > 0 && n.undelivered == 0 && stored == n.wanted, "%d events sent, %d not delivered, %d to be followed, %d stored", n.sent, n.undelivered, n.wanted, stored)
	s.rig.say(v, undone == 0, "%d events not followed up", undone)
	s.rig.say(v, knocks > n.wanted, "%d events came %d times", n.wanted, knocks)
	s.rig.say(v, twice == 0, "%d mails, %d of them twice", mails, twice)
	return nil
}
