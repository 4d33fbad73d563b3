package web

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// chartKind is how values are drawn.
type chartKind string

// The kinds of charts.
const (
	barChart  chartKind = "bars"
	lineChart chartKind = "line"  // a dot a value, joined where they follow each other
	stepChart chartKind = "steps" // a value holds until the next
)

// mostPoints is how many values a chart has room for; the newest are drawn.
const mostPoints = 26

// mostMarks is up to how many values each has its number beside it. Where there
// are more, the highest and the newest have.
const mostMarks = 12

// mostValue is the most that is drawn: beyond what anything here counts, and far
// from where sums overflow.
const mostValue = 1_000_000_000_000

// chart is values over time as a picture that needs no script and no colour: the
// numbers stand in it, and the page has a table beside it. Its coordinates are
// whole units of a ground of 360 by 200.
type chart struct {
	ID     string // unique on the page
	Title  string
	Says   string // in a sentence, for who cannot see it
	Kind   chartKind
	Points []chartPoint // the oldest first
	Unit   int          // what one is on the scale, such as 60 minutes; 0: one
	Steps  int          // the scale has each of so many; 0: what the highest value needs
}

// chartPoint is one value.
type chartPoint struct {
	Name  string // under the axis; may be empty
	Value int
	Mark  string // the value as a number
	None  bool   // there is no value
}

// The ground.
const (
	chartWide, chartHigh  = 360, 200
	chartTop, chartBottom = 22, 170
	chartRight            = 352
	chartNames            = 190 // where names stand
	digitWide             = 8   // of a digit, about
)

// shown are the points that have room.
func (c chart) shown() []chartPoint { return c.Points[max(0, len(c.Points)-mostPoints):] }

// empty reports that there is nothing to draw.
func (c chart) empty() bool {
	return !slices.ContainsFunc(c.shown(), func(p chartPoint) bool { return !p.None && p.Value > 0 })
}

func (c chart) unit() int { return max(1, c.Unit) }

// highest is the value of the upper edge.
func (c chart) highest() int {
	if c.Steps > 0 {
		return c.Steps * c.unit()
	}
	most := 1
	for _, p := range c.shown() {
		if !p.None {
			most = max(most, min(p.Value, mostValue))
		}
	}
	units := (most-1)/c.unit() + 1
	return roundUp(units) * c.unit()
}

// roundUp is the next of 1, 2, 4, 6, 10, 20, 40, 60, 100 and so on: numbers whose
// half is a number, but for the first.
func roundUp(n int) int {
	for ten := 1; ; ten *= 10 {
		for _, top := range []int{1, 2, 4, 6} {
			if n <= top*ten {
				return top * ten
			}
		}
	}
}

// chartTick is a line of the scale.
type chartTick struct {
	Y    int
	Text string
}

// ticks are the lines of the scale, from below.
func (c chart) ticks() (list []chartTick) {
	top, step := c.highest()/c.unit(), 1
	if c.Steps == 0 {
		step = max(1, (top+1)/2)
	}
	for n := 0; n <= top; n += step {
		list = append(list, chartTick{c.y(n * c.unit()), strconv.Itoa(n)})
	}
	return list
}

// left is where the ground begins, beside the numbers of the scale.
func (c chart) left() int {
	longest := 0
	for _, t := range c.ticks() {
		longest = max(longest, len(t.Text))
	}
	return min(chartWide/2, 14+digitWide*longest)
}

// y is how high a value stands.
func (c chart) y(value int) int {
	share := float64(max(0, value)) / float64(c.highest())
	return chartBottom - int(math.Round(min(1, share)*(chartBottom-chartTop)))
}

// x is where the place of a point begins; that of the one behind the last is the
// right edge.
func (c chart) x(point int) int {
	return c.left() + (chartRight-c.left())*point/max(1, len(c.shown()))
}

// middle is the middle of the place of a point.
func (c chart) middle(point int) int { return (c.x(point) + c.x(point+1)) / 2 }

// chartBar is one bar.
type chartBar struct{ X, Y, Width, Height int }

// bars are those of a bar chart; what is nothing has none.
func (c chart) bars() (list []chartBar) {
	if c.Kind != barChart {
		return nil
	}
	for i, p := range c.shown() {
		if p.None || p.Value <= 0 {
			continue
		}
		gap := max(1, (c.x(i+1)-c.x(i))/6)
		top := min(c.y(p.Value), chartBottom-1) // what is little is seen
		list = append(list, chartBar{c.x(i) + gap, top, max(1, c.x(i+1)-c.x(i)-2*gap), chartBottom - top})
	}
	return list
}

// path is the line of a line or step chart, as an SVG path; it has gaps where
// there is no value.
func (c chart) path() string {
	var path []byte
	joined := false
	for i, p := range c.shown() {
		if p.None || c.Kind == barChart {
			joined = false
			continue
		}
		path = c.draw(path, i, joined)
		joined = true
	}
	return string(path)
}

func (c chart) draw(path []byte, i int, joined bool) []byte {
	y := c.y(c.shown()[i].Value)
	switch {
	case c.Kind == stepChart && joined:
		return fmt.Appendf(path, "V%dH%d", y, c.x(i+1))
	case c.Kind == stepChart:
		return fmt.Appendf(path, "M%d %dH%d", c.x(i), y, c.x(i+1))
	case joined:
		return fmt.Appendf(path, "L%d %d", c.middle(i), y)
	default:
		return fmt.Appendf(path, "M%d %d", c.middle(i), y)
	}
}

// chartText is a word or number in the picture.
type chartText struct {
	X, Y int
	Text string
}

// dots are the values of a line chart.
func (c chart) dots() (list []chartText) {
	for i, p := range c.shown() {
		if c.Kind == lineChart && !p.None {
			list = append(list, chartText{X: c.middle(i), Y: c.y(p.Value)})
		}
	}
	return list
}

// marks are the numbers beside the values.
func (c chart) marks() (list []chartText) {
	highest, newest := -1, -1
	for i, p := range c.shown() {
		if p.None || p.Mark == "" {
			continue
		}
		newest = i
		if highest < 0 || p.Value > c.shown()[highest].Value {
			highest = i
		}
	}
	for i, p := range c.shown() {
		if all := len(c.shown()) <= mostMarks; p.Mark == "" || p.None || !all && i != highest && i != newest {
			continue
		}
		list = append(list, chartText{c.middle(i), c.y(p.Value) - c.above(i), p.Mark})
	}
	return list
}

// above is how far a number stands from its value: below it where the line falls
// to it.
func (c chart) above(i int) int {
	list := c.shown()
	switch {
	case c.Kind != lineChart:
		return 8
	case i > 0 && !list[i-1].None && list[i-1].Value > list[i].Value && list[i].Value*4 > c.highest():
		return -24
	default:
		return 12 // there is a dot
	}
}

// names are the words under the axis: each, or as many as have room.
func (c chart) names() (list []chartText) {
	every := (len(c.shown())-1)/6 + 1
	for i, p := range c.shown() {
		if fromNewest := len(c.shown()) - 1 - i; p.Name != "" && fromNewest%every == 0 {
			list = append(list, chartText{min(c.middle(i), chartWide-digitWide*len(p.Name)/2), chartNames, p.Name})
		}
	}
	return list
}
