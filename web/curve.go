package web

import (
	"fmt"
	"math"
)

// curve is a line through points in percents, beside the straight line on which it would
// lie if all were equal: a picture that needs no script and no colour, with its numbers in
// the table beside it. It stands on the ground of a chart.
type curve struct {
	ID     string // unique on the page
	Title  string
	Says   string       // in a sentence, for who cannot see it
	Points []curvePoint // from 0, 0
}

// curvePoint is in percents; what is outside is drawn on the edge.
type curvePoint struct{ X, Y int }

// curveLeft is where the ground begins, beside "100%".
const curveLeft = 14 + 4*digitWide

func (c curve) x(percent int) int { return between(curveLeft, chartRight, percent) }

func (c curve) y(percent int) int { return between(chartBottom, chartTop, percent) }

// between is so many percents of the way from one to the other.
func between(from, to, percent int) int {
	return from + int(math.Round(float64(to-from)*float64(min(max(0, percent), 100))/100))
}

// path joins the points.
func (c curve) path() string {
	var path []byte
	for i, p := range c.Points {
		letter := 'L'
		if i == 0 {
			letter = 'M'
		}
		path = fmt.Appendf(path, "%c%d %d", letter, c.x(p.X), c.y(p.Y))
	}
	return string(path)
}

// even is the straight line.
func (c curve) even() string {
	return curve{Points: []curvePoint{{0, 0}, {100, 100}}}.path()
}

// curveTicks are the lines of both scales.
func curveTicks() []int { return []int{0, 50, 100} }
