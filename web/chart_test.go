package web

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func points(values ...int) (list []chartPoint) {
	for i, v := range values {
		list = append(list, chartPoint{Name: "m" + strconv.Itoa(i+1), Value: v, Mark: strconv.Itoa(v), None: v < 0})
	}
	return list
}

func TestScaleOfACharts(t *testing.T) {
	for name, tt := range map[string]struct {
		c    chart
		want string
	}{
		"nothing":      {chart{}, "0@170 1@22"},
		"zeroes":       {chart{Points: points(0, 0)}, "0@170 1@22"},
		"one":          {chart{Points: points(1)}, "0@170 1@22"},
		"three":        {chart{Points: points(3)}, "0@170 2@96 4@22"},
		"five":         {chart{Points: points(5, 1)}, "0@170 3@96 6@22"},
		"seven":        {chart{Points: points(7)}, "0@170 5@96 10@22"},
		"sixty-one":    {chart{Points: points(61)}, "0@170 50@96 100@22"},
		"hours":        {chart{Points: points(90, 150), Unit: 60}, "0@170 2@96 4@22"},
		"just an hour": {chart{Points: points(60), Unit: 60}, "0@170 1@22"},
		"six steps":    {chart{Points: points(2), Steps: 6}, "0@170 1@145 2@121 3@96 4@71 5@47 6@22"},
		"below zero":   {chart{Points: []chartPoint{{Value: -9}}}, "0@170 1@22"},
	} {
		var got []string
		for _, tick := range tt.c.ticks() {
			got = append(got, tick.Text+"@"+strconv.Itoa(tick.Y))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestBarsStandWhereTheyShould(t *testing.T) {
	c := chart{Kind: barChart, Points: points(4, 0, 2, -1)}
	// The ground is from 22 to 352: 330 for four places.
	if diff := cmp.Diff([]chartBar{{X: 35, Y: 22, Width: 56, Height: 148}, {X: 200, Y: 96, Width: 56, Height: 74}}, c.bars()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]chartText{{63, 14, "4"}, {145, 162, "0"}, {228, 88, "2"}}, c.marks()); diff != "" {
		t.Error(diff)
	}
	if c.path() != "" || c.dots() != nil {
		t.Error("bars have a line")
	}
	one := chart{Kind: barChart, Points: points(1)}
	if diff := cmp.Diff([]chartBar{{X: 77, Y: 22, Width: 220, Height: 148}}, one.bars()); diff != "" {
		t.Error(diff)
	}
	little := chart{Kind: barChart, Points: points(1, 1_000_000)}
	if b := little.bars()[0]; b.Height != 1 || b.Y != chartBottom-1 {
		t.Errorf("what is little is %+v", b)
	}
}

func TestLinesHaveGaps(t *testing.T) {
	for name, tt := range map[string]struct {
		c    chart
		want string
	}{
		"a line":         {chart{Kind: lineChart, Steps: 5, Points: points(5, 3, -1, 1)}, "M63 22L145 81M310 140"},
		"one dot":        {chart{Kind: lineChart, Steps: 5, Points: points(5)}, "M187 22"},
		"steps":          {chart{Kind: stepChart, Steps: 6, Points: points(-1, 2, 2, 5)}, "M104 121H187V121H269V47H352"},
		"nothing at all": {chart{Kind: stepChart, Points: points(-1, -1)}, ""},
	} {
		if got := tt.c.path(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestChartsStayOnTheirGround, whatever they are given.
func TestChartsStayOnTheirGround(t *testing.T) {
	many := make([]chartPoint, 400)
	for i := range many {
		many[i] = chartPoint{Name: "x", Value: i * i, Mark: strconv.Itoa(i * i)}
	}
	for name, list := range map[string][]chartPoint{
		"nothing": nil, "zeroes": points(0, 0, 0), "huge": points(math.MaxInt, 0, 1), "nearly": points(math.MaxInt-1, math.MinInt), "many": many,
	} {
		for _, kind := range []chartKind{barChart, lineChart, stepChart} {
			for _, unit := range []int{0, 60} {
				c := chart{Kind: kind, Points: list, Unit: unit}
				if n := len(c.shown()); n > mostPoints {
					t.Errorf("%s: %d points", name, n)
				}
				for _, tick := range c.ticks() {
					if tick.Y < chartTop || tick.Y > chartBottom || strings.HasPrefix(tick.Text, "-") {
						t.Errorf("%s: a tick at %+v", name, tick)
					}
				}
				for _, b := range c.bars() {
					if b.X < c.left() || b.X+b.Width > chartRight || b.Y < chartTop || b.Y+b.Height != chartBottom || b.Height < 1 || b.Width < 1 {
						t.Errorf("%s: a bar at %+v", name, b)
					}
				}
				for _, m := range append(c.marks(), c.dots()...) {
					if m.X < c.left() || m.X > chartRight || m.Y < 0 || m.Y > chartBottom {
						t.Errorf("%s: a mark at %+v", name, m)
					}
				}
				if len(c.names()) > 6 {
					t.Errorf("%s: %d names", name, len(c.names()))
				}
			}
		}
	}
}

// TestChartsAsPictures against files; one that is missing is written.
func TestChartsAsPictures(t *testing.T) {
	for name, c := range map[string]chart{
		"bars":  {ID: "hours", Title: "Uren", Says: "Het meest: 12 uur.", Kind: barChart, Unit: 60, Points: points(0, 90, 720, 60, 0, 0, 200, 0, 0, 30, 600, 480)},
		"line":  {ID: "scores", Title: "Hoe het gaat", Says: "De laatste keer: 4.", Kind: lineChart, Steps: 5, Points: points(3, 4, -1, -1, 2, 4)},
		"steps": {ID: "ladder", Title: "Ladder", Says: "Nu: stap 5.", Kind: stepChart, Steps: 6, Points: points(-1, 2, 2, 5, 5)},
	} {
		var got bytes.Buffer
		if err := drawn(c).Render(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "chart_"+name+".svg")
		want, err := os.ReadFile(file)
		if os.IsNotExist(err) {
			t.Errorf("%s is new: look at it", file)
			err = os.WriteFile(file, got.Bytes(), 0o600)
			want = got.Bytes()
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
		for _, colour := range []string{"style=", "fill=", "stroke=", "#", "rgb"} {
			if strings.Contains(got.String(), colour) {
				t.Errorf("%s has a colour of its own: %s", name, colour)
			}
		}
	}
}
