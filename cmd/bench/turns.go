package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// side is a peer that is measured in turns with others.
type side struct {
	peer  string
	n     int // of one turn
	gives []quantity
	open  func(ctx context.Context, r *room) (stand, error)
}

// stand is a side that is ready.
type stand struct {
	work  func(ctx context.Context, n int) (float64, error)
	check func(ctx context.Context) error // of all turns together
}

// turns are short, and one side's comes right after another's, so that what slows
// the machine slows both; each turn is held against the same turn of the other.
const turns = 11

// inTurns measures sides beside each other, every other turn backwards. One turn
// before them makes the plans, and is not counted.
func (h *house) inTurns(ctx context.Context, sides []side, progress io.Writer) (_ []figure, err error) {
	stands := make([]stand, len(sides))
	for i, s := range sides {
		r, failed := h.newRoomOf(ctx, tellers)
		if failed != nil {
			return nil, failed
		}
		defer func() { err = errors.Join(err, r.close(ctx)) }()
		if stands[i], err = s.open(ctx, r); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", s.gives[0].what, s.peer, err)
		}
	}
	rates := make([][]float64, len(sides))
	for turn := range turns + 1 {
		fmt.Fprintf(progress, "turn %d of %d: %s\n", turn, turns, sides[0].gives[0].what)
		for _, i := range order(len(sides), turn) {
			rate, err := stands[i].work(ctx, sides[i].n)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", sides[i].gives[0].what, sides[i].peer, err)
			}
			if turn > 0 {
				rates[i] = append(rates[i], rate)
			}
		}
	}
	return turnFigures(ctx, sides, stands, rates)
}

// turnFigures looks first whether each side did what it was asked.
func turnFigures(ctx context.Context, sides []side, stands []stand, rates [][]float64) (figures []figure, err error) {
	for i, s := range sides {
		if err := stands[i].check(ctx); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", s.gives[0].what, s.peer, err)
		}
		for _, q := range s.gives {
			figures = append(figures, figure{What: q.what, Unit: q.unit, Peer: s.peer, Value: median(rates[i]), Rounds: rates[i], InTurns: true})
		}
	}
	return figures, nil
}

// share is what part of the other's figure this one is: in turns the median of the
// turns' own.
func (f figure) share(other figure) float64 {
	if !f.InTurns || !other.InTurns || len(f.Rounds) != len(other.Rounds) {
		return f.Value / other.Value
	}
	var shares []float64
	for i := range f.Rounds {
		shares = append(shares, f.Rounds[i]/other.Rounds[i])
	}
	return median(shares)
}
