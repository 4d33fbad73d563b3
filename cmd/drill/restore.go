package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

// playRestore puts the database back to an earlier moment, as often as is asked:
// what the gateway did since then is found there and not done again.
func (r *rig) playRestore(ctx context.Context) (v verdict, err error) {
	t, err := r.openTill(ctx, tillSize{workers: 1, coops: 1, members: 10})
	if err != nil {
		return v, err
	}
	r.phase("open")
	for range r.kills {
		if err := t.restoreOnce(ctx, &v); err != nil {
			return v, err
		}
	}
	r.say(&v, r.tally["restored"] == r.kills, "%d times put back", r.tally["restored"])
	return v, t.judge(ctx, &v)
}

// restoreOnce has four lots of payments: one that is over at the moment of the copy, but
// for two wishes, one whose wages could not leave yet, one that is only billed, and one
// that comes later and is forgotten.
func (t *till) restoreOnce(ctx context.Context, v *verdict) error {
	lot := max(2, t.rig.payments/3)
	first := t.jobsFor(lot)
	wishes := wishFor(first)
	if err := t.bringSurely(ctx, first); err != nil {
		return err
	}
	if _, err := t.comeToRest(ctx, time.Now().Add(t.rig.calm)); err != nil {
		return err
	}
	if err := t.holdWages(ctx, t.jobsFor(lot)); err != nil {
		return err
	}
	billed := t.jobsFor(lot)
	if err := t.bringOwed(ctx, billed); err != nil {
		return err
	}
	since := t.now()
	if err := t.copyData(ctx, wishes); err != nil {
		return err
	}
	t.rig.phase("copied")
	forgotten, err := t.goOnAwhile(ctx, billed, lot/3+1)
	if err != nil {
		return err
	}
	if err := t.untilBack(ctx, 2, since); err != nil {
		return err
	}
	t.rig.phase("went on")
	if err := t.putBack(ctx); err != nil {
		return err
	}
	if t.rig.plant != forget {
		if err := t.quarantine(ctx, since, v); err != nil {
			return err
		}
	}
	t.rig.phase("adopted")
	for _, j := range forgotten { // people agree on these hours again
		j.bill, j.owed = payments.BillID{}, false
	}
	return t.calmDown(ctx)
}

// holdWages lets bills be paid, and no wage leave.
func (t *till) holdWages(ctx context.Context, jobs []*job) error {
	ill := map[string][]string{"path": {"/v1/transfers"}}
	if err := t.faults(ctx, map[stripesim.Fault]string{stripesim.Unavailable: "1"}, ill); err != nil {
		return err
	}
	if err := t.bringAll(ctx, jobs); err != nil {
		return err
	}
	for late := time.Now().Add(15 * time.Second); time.Now().Before(late); {
		var open int
		err := t.rig.db.QueryRow(ctx, `SELECT count(*) FROM payments.bill WHERE state <> 'paid'`).Scan(&open)
		if err != nil || open == 0 {
			return err
		}
		if err := t.rig.rest(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return errors.New("bills are not paid while wages may not leave")
}

// bringOwed lets clients be billed, and not pay yet.
func (t *till) bringOwed(ctx context.Context, jobs []*job) error {
	for _, j := range jobs {
		j.owed = true
	}
	return t.bringAll(ctx, jobs)
}

// goOnAwhile lets the billed ones be paid, the wages leave, and others be billed
// of whom nobody will know.
func (t *till) goOnAwhile(ctx context.Context, billed []*job, others int) (forgotten []*job, err error) {
	if err := t.faults(ctx, nil, nil); err != nil {
		return nil, err
	}
	for _, j := range billed {
		j.owed = false
	}
	forgotten = t.jobsFor(others)
	if err := errors.Join(t.bringAll(ctx, billed), t.bringOwed(ctx, forgotten)); err != nil {
		return nil, err
	}
	if err := t.later(ctx, 10*time.Minute); err != nil { // also what was put off goes
		return nil, err
	}
	return forgotten, t.rig.rest(ctx, time.Duration(1000+t.rig.random.IntN(1500))*time.Millisecond)
}

// copyData copies the database while it rests, with what people wished last.
func (t *till) copyData(ctx context.Context, last wishes) error {
	if err := errors.Join(t.killAll(), last.ask(ctx, t)); err != nil {
		return err
	}
	return t.withoutPostgres(ctx, func(data, kept string) error { return copyFolder(data, kept) }, 0)
}

func (t *till) killAll() (err error) {
	for _, c := range t.rig.copies {
		err = errors.Join(err, c.kill())
	}
	return err
}

// putBack replaces the database by its copy; meanwhile the gateway forgot all keys.
func (t *till) putBack(ctx context.Context) error {
	begin := time.Now()
	err := t.withoutPostgres(ctx, func(data, kept string) error {
		return errors.Join(os.RemoveAll(data), copyFolder(kept, data), os.RemoveAll(kept))
	}, keysAreForgotten)
	if err != nil {
		return err
	}
	t.rig.count("restored")
	t.rig.tally["ms until pages are back"] = int(time.Since(begin).Milliseconds())
	return nil
}

// withoutPostgres stops everything of Meent's, and starts it again so much later.
// With a restored database the program starts in quarantine.
func (t *till) withoutPostgres(ctx context.Context, do func(data, kept string) error, by time.Duration) error {
	if err := errors.Join(t.killAll(), t.rig.postgres.Stop()); err != nil {
		return err
	}
	data := filepath.Join(t.rig.folder, "postgres", "postgres")
	if err := do(data, data+"-kept"); err != nil {
		return err
	}
	if err := t.rig.postgresAgain(ctx); err != nil {
		return err
	}
	if by > 0 && t.rig.plant != forget {
		if err := t.sayRestored(ctx); err != nil {
			return err
		}
	}
	return t.later(ctx, by)
}

func copyFolder(from, to string) error {
	out, err := exec.Command("cp", "-a", from, to).CombinedOutput()
	if err != nil {
		return fmt.Errorf("cp: %w: %s", err, out)
	}
	return nil
}

// sayRestored is what an operator says before anything starts. The gateway is then
// asked for what it did, and nobody tells it again.
func (t *till) sayRestored(ctx context.Context) error { return t.payments.Quarantine(ctx) }

// quarantine waits until what the gateway did is followed up, sees that no money left
// and that all of it was found there.
func (t *till) quarantine(ctx context.Context, since time.Time, v *verdict) error {
	const moves = `SELECT (SELECT count(*) FROM stripesim.transfer) + (SELECT count(*) FROM stripesim.payout) + (SELECT count(*) FROM stripesim.refund)`
	var before, after int
	if err := t.there.QueryRow(ctx, moves).Scan(&before); err != nil {
		return err
	}
	if _, err := t.comeToRest(ctx, time.Now().Add(10*time.Second)); err != nil {
		return err
	}
	if err := t.compare(ctx, time.Now().Add(10*time.Second)); err != nil {
		return err
	}
	if err := t.there.QueryRow(ctx, moves).Scan(&after); err != nil {
		return err
	}
	t.rig.say(v, before == after, "%d transfers, payouts and refunds left in quarantine", after-before)
	return t.judgeAdopted(ctx, since, v) // calmDown goes on
}

// judgeAdopted: what left since the copy is known again. Beside it may be what left before,
// and of which the answer was on its way.
func (t *till) judgeAdopted(ctx context.Context, since time.Time, v *verdict) error {
	rows, err := t.there.Query(ctx, `SELECT id FROM stripesim.transfer WHERE created_at >= $1 UNION ALL SELECT id FROM stripesim.payout WHERE created_at >= $1`, since)
	if err != nil {
		return err
	}
	made, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	var adopted int
	const found = `SELECT count(*) FROM payments.adopted WHERE adopted_at >= $1 AND outside = ANY ($2)`
	err = t.rig.db.QueryRow(ctx, found, since, made).Scan(&adopted)
	t.rig.say(v, len(made) > 0 && adopted == len(made), "%d transfers and payouts were forgotten, %d of them adopted", len(made), adopted)
	return err
}
