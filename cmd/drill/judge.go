package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/cmd/drill/errand"
)

// verdict counts what held and what did not.
type verdict struct{ passed, failed int }

// hoursLater is by how much the clocks are ahead in the end, so that also what a
// wrong clock has put off is due.
const hoursLater = 2 * time.Hour

// calmDown lets two hours pass and waits until every errand had its effect, or
// the patience is over.
func (r *rig) calmDown(ctx context.Context) error {
	for _, c := range r.copies {
		if err := c.kill(); err != nil {
			return err
		}
		c.clock = hoursLater
		if err := c.start(); err != nil {
			return err
		}
	}
	for late := time.Now().Add(r.calm); time.Now().Before(late); {
		effects, err := r.effects(ctx)
		if err != nil {
			return err
		}
		if r.complete(effects) {
			break
		}
		if err := r.rest(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
	return r.rest(ctx, 2*time.Second) // for a second effect that should not be
}

func (r *rig) complete(effects map[string]int) bool {
	for name := range r.committed {
		if effects[name] == 0 {
			return false
		}
	}
	return true
}

// effects counts the effects of each errand.
func (r *rig) effects(ctx context.Context) (map[string]int, error) {
	rows, err := r.db.Query(ctx, `SELECT name, count(*)::int FROM drill.effect WHERE kind <> $1 GROUP BY name`, errand.Tick{}.Kind())
	if err != nil {
		return nil, err
	}
	effects, name, n := map[string]int{}, "", 0
	_, err = pgx.ForEachRow(rows, []any{&name, &n}, func() error { effects[name] = n; return nil })
	return effects, err
}

// judge looks from outside, at what is left behind.
func (r *rig) judge(ctx context.Context) (v verdict, err error) {
	effects, err := r.effects(ctx)
	if err != nil {
		return v, err
	}
	var lost, doubled, strange []string
	for name := range r.committed {
		if effects[name] == 0 {
			lost = append(lost, name)
		}
	}
	for name, n := range effects {
		if n > 1 {
			doubled = append(doubled, name)
		}
		if r.committed[name] == "" {
			strange = append(strange, name)
		}
	}
	r.say(&v, len(r.committed) > 0, "%d errands committed", len(r.committed))
	r.say(&v, len(lost) == 0, "%d lost%s", len(lost), some(lost))
	r.say(&v, len(doubled) == 0, "%d doubled effects%s", len(doubled), some(doubled))
	r.say(&v, len(strange) == 0, "%d effects of errands that were rolled back%s", len(strange), some(strange))
	err = r.judgeRows(ctx, &v)
	return v, err
}

// judgeRows looks at the queue's own rows: they must tell the same story. The
// program's other tasks find no tables here, and are not judged.
func (r *rig) judgeRows(ctx context.Context, v *verdict) error {
	const query = `
		SELECT count(*) FILTER (WHERE state = 'dead' AND starts_with(kind, 'drill.')),
			count(*) FILTER (WHERE state <> 'done' AND kind <> $1 AND starts_with(kind, 'drill.')),
			coalesce(sum(failures) FILTER (WHERE kind <> $1 AND starts_with(kind, 'drill.')), 0),
			(SELECT count(*) FROM drill.fault),
			count(*) FILTER (WHERE state = 'done' AND kind = $1),
			(SELECT count(*) FROM drill.effect WHERE kind = $1),
			coalesce(sum(lost), 0)
		FROM tasks.task`
	var dead, open, failures, faults, ticks, ticked, vanished int
	err := r.db.QueryRow(ctx, query, errand.Tick{}.Kind()).Scan(&dead, &open, &failures, &faults, &ticks, &ticked, &vanished)
	if err != nil {
		return err
	}
	r.say(v, dead == 0, "%d dead", dead)
	r.say(v, open == 0, "%d not marked done", open)
	r.say(v, failures <= faults, "%d failures counted, %d made on purpose: a crash burns no retry (%d tries vanished)", failures, faults, vanished)
	r.say(v, ticked > 0 && ticks == ticked, "%d periods, %d ticks: one a period", ticks, ticked)
	return nil
}

func (r *rig) say(v *verdict, holds bool, format string, args ...any) {
	word := "PASS"
	v.passed++
	if !holds {
		word = "FAIL"
		v.passed, v.failed = v.passed-1, v.failed+1
	}
	fmt.Fprintln(r.out, word, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

// some names the first few, after a space; nothing where there are none.
func some(names []string) string {
	slices.Sort(names)
	if len(names) == 0 {
		return ""
	}
	return " " + fmt.Sprint(names[:min(5, len(names))])
}

// told is what was done, for people.
func (r *rig) told() string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(r.tally)) {
		parts = append(parts, fmt.Sprintf("%d %s", r.tally[what], what))
	}
	return strings.Join(parts, ", ")
}
