package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/payments/stripesim"
)

func (t *till) sayKills(v *verdict) {
	t.rig.say(v, t.rig.tally["kills"] >= t.rig.kills, "%d kills", t.rig.tally["kills"])
}

// judge holds what was acknowledged against the simulator's book, object by
// object, and only then our own ledger against both.
func (t *till) judge(ctx context.Context, v *verdict) error {
	return errors.Join(t.judgeAnswers(ctx, v), t.judgeCharges(ctx, v), t.judgeWages(ctx, v), t.judgeAdvances(ctx, v), t.judgeDeposits(ctx, v), t.judgeBack(ctx, v), t.judgeTakenBack(ctx, v), t.judgeSums(ctx, v), t.judgeStops(ctx, v), t.judgeWork(ctx, v))
}

// judgeStops: no money waits for a person, and once the books are compared again
// nothing differs.
func (t *till) judgeStops(ctx context.Context, v *verdict) error {
	if err := t.compare(ctx, time.Now().Add(t.rig.calm)); err != nil {
		return err
	}
	const query = `
		SELECT (SELECT count(*) FROM payments.stop WHERE lifted_at IS NULL), (SELECT coalesce(' ' || string_agg(DISTINCT cause, ' '), '') FROM payments.stop WHERE lifted_at IS NULL),
			(SELECT count(*) FROM payments.difference WHERE closed_at IS NULL),
			(SELECT coalesce(' ' || string_agg(DISTINCT kind || ' ' || about, ', '), '') FROM payments.difference WHERE closed_at IS NULL)`
	var stops, differences int
	var causes, kinds string
	err := t.rig.db.QueryRow(ctx, query).Scan(&stops, &causes, &differences, &kinds)
	t.rig.say(v, err == nil && stops == 0 && differences == 0, "%d stops left%s, %d differences%s", stops, causes, differences, kinds)
	return err
}

// judgeAnswers: what the driver was told to be so, is so in the database.
func (t *till) judgeAnswers(ctx context.Context, v *verdict) error {
	there := map[string]string{}
	rows, err := t.rig.db.Query(ctx, `SELECT id::text, state || ' ' || total_cents FROM payments.bill`)
	if err != nil {
		return err
	}
	var bill, how string
	if _, err := pgx.ForEachRow(rows, []any{&bill, &how}, func() error { there[bill] = how; return nil }); err != nil {
		return err
	}
	var lost, unpaid, never []string
	billed := 0
	for _, j := range t.all() {
		if !j.done() {
			never = append(never, j.ref)
		}
		if j.bill.IsZero() {
			continue
		}
		billed++
		switch is := there[j.bill.String()]; {
		case is == "":
			lost = append(lost, j.ref)
		case j.paid && is != fmt.Sprintf("paid %d", j.total):
			unpaid = append(unpaid, j.ref+" is "+is)
		}
	}
	t.rig.say(v, billed > 0 && len(lost) == 0, "%d bills acknowledged, %d lost%s", billed, len(lost), some(lost))
	t.rig.say(v, len(never) == 0, "%d could not be paid until the end%s", len(never), some(never))
	t.rig.say(v, len(unpaid) == 0, "%d of the paid ones do not say so, or not that much%s", len(unpaid), some(unpaid))
	return nil
}

// judgeCharges: each payment that the simulator's page acknowledged is one charge
// there, of the bill's total, and there is no other.
func (t *till) judgeCharges(ctx context.Context, v *verdict) error {
	there := tallies{}
	if err := there.read(ctx, t, `SELECT transfer_group, amount FROM stripesim.charge WHERE status = 'succeeded'`); err != nil {
		return err
	}
	want := tallies{}
	for _, j := range t.all() {
		if j.paid && j.due() > 0 {
			want.add(j.bill.String(), int64(j.due()))
		}
		if j.put {
			want.add(j.depositID.String(), int64(j.deposit))
		}
	}
	missing, extra := want.against(there)
	t.rig.say(v, len(want) > 0 && len(missing)+len(extra) == 0, "%d payments acknowledged; %d charges are missing%s, %d too many%s",
		len(want), len(missing), some(missing), len(extra), some(extra))
	return nil
}

// judgeWages: each wage went once to its member's account and once to their bank:
// there it stays, unless it was taken back.
func (t *till) judgeWages(ctx context.Context, v *verdict) error {
	accounts, transfers, payouts := tallies{}, tallies{}, tallies{}
	err := errors.Join(
		accounts.read(ctx, t, `SELECT metadata->>'payee', 0::bigint FROM stripesim.account`),
		transfers.read(ctx, t, `SELECT a.metadata->>'payee', t.amount FROM stripesim.transfer t JOIN stripesim.account a ON a.id = t.destination`),
		payouts.read(ctx, t, `SELECT a.metadata->>'payee', p.amount FROM stripesim.payout p JOIN stripesim.account a ON a.id = p.account WHERE p.status = 'paid'`))
	if err != nil {
		return err
	}
	advanced := t.advanced()
	want, kept, one := tallies{}, tallies{}, tallies{}
	for _, j := range t.all() {
		if !j.bill.IsZero() { // an account is opened when pay is agreed, whether the client pays or not
			one[place{j.member.Member.String(), 0}] = 1
		}
		if j.paid {
			want.add(j.member.Member.String(), int64(j.work.Wage()))
		}
		if j.paid && !j.taken {
			kept.add(j.member.Member.String(), int64(j.work.Wage()))
		}
	}
	for _, sums := range []tallies{want, kept, transfers, payouts} {
		sums.join(advanced)
	}
	for _, side := range []struct {
		what        string
		want, there tallies
	}{{"accounts", one, accounts}, {"transfers", want, transfers}, {"payouts at a bank", kept, payouts}} {
		missing, extra := side.want.against(side.there)
		t.rig.say(v, len(missing) == 0, "%d %s forgotten%s", len(missing), side.what, some(missing))
		t.rig.say(v, len(extra) == 0, "%d %s twice%s", len(extra), side.what, some(extra))
	}
	return nil
}

// judgeBack: each refund that was acknowledged went once, and only what a client's
// bank asked back is disputed.
func (t *till) judgeBack(ctx context.Context, v *verdict) error {
	refunds, disputes, wantRefunds, wantDisputes := tallies{}, tallies{}, tallies{}, tallies{}
	err := errors.Join(
		refunds.read(ctx, t, `SELECT c.transfer_group, r.amount FROM stripesim.refund r JOIN stripesim.charge c ON c.id = r.charge_id
			WHERE r.status = 'succeeded' AND NOT c.transfer_group = ANY ($1)`, t.depositIDs()),
		disputes.read(ctx, t, `SELECT c.transfer_group, d.amount FROM stripesim.dispute d JOIN stripesim.charge c ON c.id = d.charge_id WHERE d.status IN ('won', 'lost')`))
	if err != nil {
		return err
	}
	for _, j := range t.all() {
		if j.refunded {
			wantRefunds.add(j.bill.String(), int64(j.refund))
		}
		if j.paid && j.card == badCard {
			wantDisputes.add(j.bill.String(), int64(j.total))
		}
	}
	missing, extra := wantRefunds.against(refunds)
	t.rig.say(v, len(missing)+len(extra) == 0, "%d refunds acknowledged; %d forgotten%s, %d twice%s", len(wantRefunds), len(missing), some(missing), len(extra), some(extra))
	missing, extra = wantDisputes.against(disputes)
	t.rig.say(v, len(missing)+len(extra) == 0, "%d disputes decided; %d missing%s, %d too many%s", len(disputes), len(missing), some(missing), len(extra), some(extra))
	return nil
}

// judgeSums: the simulator's book adds up, has what the driver expects, and our
// ledger says the same, to the cent.
func (t *till) judgeSums(ctx context.Context, v *verdict) error {
	book, err := stripesim.New(t.there, stripesim.Config{}).Book(ctx)
	if err != nil && !errors.Is(err, stripesim.ErrUnbalanced) {
		return err
	}
	t.rig.say(v, err == nil, "the simulator's book adds up: %d cents charged, %d transferred, %d paid out", book.Charged, book.Transferred, book.PaidOut)
	want := -book.Fees - book.Disputed // of these judgeBack knows that they must be
	for _, j := range t.all() {
		if j.paid {
			want += int64(j.total - j.work.Wage())
		}
		if j.refunded {
			want -= int64(j.refund)
		}
		if j.taken {
			want += int64(j.back)
		}
	}
	var ledger int64
	for _, office := range t.office {
		there, err := t.payments.AtGatewayNow(ctx, office.Cooperative)
		if err != nil {
			return err
		}
		ledger += int64(there)
	}
	t.rig.say(v, book.Platform == want, "%d cents off: %d are at the simulator, %d were expected", book.Platform-want, book.Platform, want)
	t.rig.say(v, book.Platform == ledger, "%d cents off: the ledger says that %d are there", book.Platform-ledger, ledger)
	faults, err := t.payments.Audit(ctx)
	t.rig.say(v, err == nil && len(faults) == 0, "%d faults in the audit %v", len(faults), faults)
	return err
}

// judgeWork: nothing is dead, failing, undelivered or not followed up.
func (t *till) judgeWork(ctx context.Context, v *verdict) error {
	var dead, failing, undone, stored int
	var which string
	const ours = `
		SELECT (SELECT count(*) FROM tasks.task WHERE state = 'dead'),
			(SELECT count(*) FROM tasks.task WHERE state IN ('waiting', 'sent', 'running') AND failures > 0),
			(SELECT count(*) FROM payments.event WHERE done_at IS NULL), (SELECT count(*) FROM payments.event),
			(SELECT coalesce(string_agg(DISTINCT kind || ': ' || coalesce(last_error, ''), '; '), '') FROM tasks.task WHERE state = 'dead' OR state <> 'done' AND failures > 0)`
	if err := t.rig.db.QueryRow(ctx, ours).Scan(&dead, &failing, &undone, &stored, &which); err != nil {
		return err
	}
	t.rig.say(v, dead == 0 && failing == 0, "%d dead and %d failing tasks %s", dead, failing, which)
	n, err := readNews(ctx, t.there)
	t.rig.say(v, n.wanted > 0 && (stored == n.wanted || t.rig.name == "restore") && n.undelivered == 0 && undone == 0,
		"%d events sent, %d not delivered, %d to be followed, %d stored, %d not followed up %s", n.sent, n.undelivered, n.wanted, stored, undone, n.why)
	return err
}

// news is what the simulator sent, and how much of it the program is to follow.
type news struct {
	sent, undelivered, wanted int
	why                       string // one was not delivered
}

// readNews has its own list of kinds: one that the program's own lost is to be seen.
func readNews(ctx context.Context, there *pgxpool.Pool) (n news, err error) {
	const query = `
		SELECT count(*), count(*) FILTER (WHERE delivered_at IS NULL), coalesce(max(last_error) FILTER (WHERE delivered_at IS NULL), ''), count(*) FILTER (WHERE
			type ~ '^(checkout\.session|charge\.dispute|charge\.refund|refund|account|capability)\.' OR type IN ('charge.refunded', 'payout.paid', 'payout.failed', 'payout.canceled'))
		FROM stripesim.event`
	err = there.QueryRow(ctx, query).Scan(&n.sent, &n.undelivered, &n.why, &n.wanted)
	return n, err
}

// place is somebody and an amount; tallies count how often that is.
type (
	place struct {
		who   string
		cents int64
	}
	tallies map[place]int
)

func (s tallies) add(who string, cents int64) { s[place{who, cents}]++ }

// join makes one sum of all that these had: which of their wages an advance was taken
// from is nobody's business here.
func (s tallies) join(who map[string]bool) {
	sums := map[string]int64{}
	for p, n := range s {
		if who[p.who] {
			sums[p.who] += p.cents * int64(n)
			delete(s, p)
		}
	}
	for name, cents := range sums {
		s.add(name, cents)
	}
}

func (s tallies) read(ctx context.Context, t *till, query string, args ...any) error {
	rows, err := t.there.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	var who string
	var cents int64
	_, err = pgx.ForEachRow(rows, []any{&who, &cents}, func() error { s.add(who, cents); return nil })
	return err
}

// against names what is not there as often as it should be, and what is too often.
func (s tallies) against(there tallies) (missing, extra []string) {
	for p, n := range s {
		if there[p] < n {
			missing = append(missing, fmt.Sprintf("%s %d", p.who, p.cents))
		}
	}
	for p, n := range there {
		if n > s[p] {
			extra = append(extra, fmt.Sprintf("%s %d", p.who, p.cents))
		}
	}
	return missing, extra
}
