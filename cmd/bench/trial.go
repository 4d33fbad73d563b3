package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
)

// trial measures one peer in one respect.
type trial struct {
	peer  string
	redis bool // it needs one
	n     int
	gives []quantity
	run   func(ctx context.Context, r *room, n int) ([]float64, error) // a value for each quantity
}

// quantity is what a figure is about.
type quantity struct{ what, unit string }

// on makes a trial of a peer.
func (p peer) on(n int, measure func(context.Context, *room, queue, int) ([]float64, error), gives ...quantity) trial {
	return trial{p.name, p.redis, n, gives, func(ctx context.Context, r *room, n int) (_ []float64, err error) {
		q, err := p.open(r)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, q.close()) }()
		return measure(ctx, r, q, n)
	}}
}

const rounds = 3

// measure makes all trials in each round, every other round backwards, so that
// what slows the machine for a while slows all peers.
func (h *house) measure(ctx context.Context, trials []trial, progress io.Writer) ([]figure, error) {
	values := make([][][]float64, len(trials)) // of each trial, the rounds
	for round := range rounds {
		for _, i := range order(len(trials), round) {
			t := trials[i]
			if t.redis && h.redis == nil {
				continue
			}
			fmt.Fprintf(progress, "round %d of %d: %s, %s\n", round+1, rounds, t.gives[0].what, t.peer)
			got, err := h.once(ctx, t)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", t.gives[0].what, t.peer, err)
			}
			values[i] = append(values[i], got)
		}
	}
	return figuresOf(trials, values), nil
}

func order(n, round int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	if round%2 == 1 {
		slices.Reverse(list)
	}
	return list
}

func (h *house) once(ctx context.Context, t trial) (_ []float64, err error) {
	r, err := h.newRoom(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.close(ctx)) }()
	return t.run(ctx, r, t.n)
}

// figuresOf puts what is compared side by side.
func figuresOf(trials []trial, values [][][]float64) (figures []figure) {
	for i, t := range trials {
		for j, q := range t.gives {
			f := figure{What: q.what, Unit: q.unit, Peer: t.peer}
			for _, round := range values[i] {
				f.Rounds = append(f.Rounds, round[j])
			}
			f.Value = median(f.Rounds)
			figures = append(figures, f)
		}
	}
	return group(figures)
}

// group sorts by quantity, in the order in which they first come.
func group(figures []figure) []figure {
	first := func(f figure) int {
		return slices.IndexFunc(figures, func(g figure) bool { return g.What == f.What })
	}
	grouped := slices.Clone(figures)
	slices.SortStableFunc(grouped, func(a, b figure) int { return first(a) - first(b) })
	return grouped
}
