package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

const (
	history  = 156              // weeks
	halfLong = 10 * time.Second // of a round
	mostP99  = 60               // ms
	fullRate = "all pages, at full load"
	halfRate = "all pages, at half load"
)

func (k kind) alone() string   { return string(k) + " alone, p50" }
func (k kind) half50() string  { return string(k) + " at half load, p50" }
func (k kind) half99() string  { return string(k) + " at half load, p99" }
func (k kind) longest() string { return string(k) + " at half load, longest" }

// runPages times four pages in a cooperative of so many members with years of
// history: alone, beside psql with the same statements, and at half of the load
// that the house can bear.
func runPages(ctx context.Context, n int, progress io.Writer) (_ report, err error) {
	fmt.Fprintln(progress, "building and starting meent, filling three years")
	p, err := startProgram(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	h, err := openHistory(ctx, p, n, history)
	if err != nil {
		return report{}, err
	}
	fmt.Fprintln(progress, h.filled)
	full, err := h.fullLoad(ctx, progress)
	if err != nil {
		return report{}, err
	}
	for round := range rounds {
		fmt.Fprintf(progress, "round %d of %d: %.0f views a second, and each page alone\n", round+1, rounds, full/2)
		if err := h.round(ctx, full/2, halfLong); err != nil {
			return report{}, err
		}
	}
	return report{Benchmark: "pages", N: n, Figures: judge(h.figures(full), pagesGoals()), Notes: pagesNotes(h.filled)}, nil
}

// past is a house with history, and what was measured in it.
type past struct {
	*audience
	filled string
	sent   map[kind][][]statement // by the pages of a few people
	half   []*views
	pages  map[kind][]float64 // alone: the p50 of each round
	peer   map[kind][]float64 // psql, likewise; none where it is absent
}

// few is how many people's pages are looked at alone; each so many times.
const (
	few      = 5
	eachTime = 8
)

// openHistory fills the house, examines it, and lets people sign in.
func openHistory(ctx context.Context, p *program, members, weeks int) (*past, error) {
	h := &past{sent: map[kind][][]statement{}, pages: map[kind][]float64{}, peer: map[kind][]float64{}}
	for _, step := range []func(context.Context) error{
		p.calm, func(ctx context.Context) error { return fill(ctx, p.db, members, weeks) },
		func(ctx context.Context) error { return eachKeyPoints(ctx, p.db) }, p.doctor,
		func(ctx context.Context) (err error) { h.filled, err = filled(ctx, p.db); return err },
		func(ctx context.Context) (err error) { h.audience, err = seat(ctx, p); return err },
		h.listen,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// listen hears what each page asks the database.
func (h *past) listen(ctx context.Context) error {
	s, err := listen(ctx, h.program)
	if err != nil {
		return err
	}
	for _, k := range kinds() {
		for i := range few {
			sent, err := s.during(func() error {
				_, err := h.look(ctx, k, h.of(k, i), time.Now())
				return err
			})
			if err != nil {
				return errors.Join(err, s.stop(ctx))
			}
			h.sent[k] = append(h.sent[k], sent)
		}
	}
	return s.stop(ctx)
}

// round is one of the half load, and then of each page alone.
func (h *past) round(ctx context.Context, rate float64, long time.Duration) error {
	v, err := h.atRate(ctx, rate, long)
	if err != nil {
		return err
	}
	h.half = append(h.half, v)
	for _, k := range kinds() {
		took, err := h.audience.alone(ctx, k, few, eachTime)
		if err != nil {
			return err
		}
		h.pages[k] = append(h.pages[k], median(took))
		if err := h.replayAll(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

func (h *past) replayAll(ctx context.Context, k kind) error {
	var took []float64
	for _, sent := range h.sent[k] {
		one, err := h.program.replay(ctx, sent)
		if errors.Is(err, errNoPSQL) {
			return nil
		}
		if err != nil {
			return err
		}
		took = append(took, one...)
	}
	h.peer[k] = append(h.peer[k], median(took))
	return nil
}

func pagesGoals() (goals []goal) {
	for _, k := range kinds() {
		goals = append(goals, goal{k.half99(), atMost, mostP99, ""})
	}
	return goals
}

func pagesNotes(filled string) []string {
	return []string{
		fmt.Sprintf("medians of %d rounds; one process with a private Postgres and its own Redis; the visitors run on the same machine", rounds),
		fmt.Sprintf("three years: %s; written by SQL on top of the demo, in the order in which it happened, and examined by `meent doctor`", filled),
		"of twenty views eleven are a member's home page, five the profile or a question of it, three the board, one a coach's caseload of about fifty; views start on schedule, whether earlier ones were answered or not, and the time counts from then",
		fmt.Sprintf("full load: the highest rate at which half of the last views of %v wait less than %d ms", step, keepsUp),
		"psql: the statements of the page with the same values, as Postgres' own log has them, prepared once, in one session, alone; the rest of a page is Go and the way there and back",
	}
}

func (h *past) figures(full float64) (list []figure) {
	list = append(list, figure{What: fullRate, Peer: ours, Value: full, Rounds: []float64{full}, Unit: "1/s"},
		middle(h.half, halfRate, "1/s", func(v *views) float64 { return v.rate }))
	for _, k := range kinds() {
		share := func(share float64) func(*views) float64 {
			return func(v *views) float64 { return quantile(v.took[k], share) }
		}
		list = append(list,
			figure{What: k.alone(), Peer: ours, Value: median(h.pages[k]), Rounds: h.pages[k], Unit: "ms"},
			figure{What: k.alone(), Peer: psql, Value: median(h.peer[k]), Rounds: h.peer[k], Unit: "ms"},
			middle(h.half, k.half50(), "ms", share(.5)),
			middle(h.half, k.half99(), "ms", share(.99)),
			middle(h.half, k.longest(), "ms", share(1)))
	}
	return list
}
