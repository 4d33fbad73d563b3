package main

import "fmt"

// ours is the peer that goals are about.
const ours = "Meent"

// goal bounds one of our figures, by a number or by a share of a peer's figure.
type goal struct {
	what  string
	bound bound
	limit float64
	of    string // the peer whose figure limit multiplies; "" means none
}

type bound string

const (
	atLeast bound = "≥"
	atMost  bound = "≤"
)

// judge fills in what can only be said when all figures are there: ratios,
// goals and verdicts.
func judge(figures []figure, goals []goal) []figure {
	for i := range figures {
		f := &figures[i]
		f.Verdict = info
		if len(f.Rounds) == 0 {
			f.Verdict = skipped
		} else if mine, ok := find(figures, f.What, ours); ok && f.Peer != ours && mine.Value > 0 {
			f.Ratio = f.share(mine)
		}
		for _, g := range goals {
			if f.Peer == ours && f.What == g.what {
				f.Goal, f.Verdict = g.text(f.Unit), g.verdict(figures, *f)
			}
		}
	}
	return figures
}

// find looks for a figure that was measured.
func find(figures []figure, what, peer string) (figure, bool) {
	for _, f := range figures {
		if f.What == what && f.Peer == peer && len(f.Rounds) > 0 {
			return f, true
		}
	}
	return figure{}, false
}

func (g goal) text(unit string) string {
	if g.of == "" {
		return fmt.Sprintf("%s %g %s", g.bound, g.limit, unit)
	}
	return fmt.Sprintf("%s %.3g × %s", g.bound, g.limit, g.of)
}

func (g goal) verdict(figures []figure, mine figure) verdict {
	value := mine.Value
	if g.of != "" {
		other, ok := find(figures, g.what, g.of)
		if !ok {
			return skipped
		}
		value = mine.share(other)
	}
	switch {
	case len(mine.Rounds) == 0:
		return skipped
	case g.bound == atLeast && value >= g.limit, g.bound == atMost && value <= g.limit:
		return passed
	default:
		return failed
	}
}
