package matching

import (
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meent/members"
)

// who are the people from one number up to another.
func who(from, until int) (list []members.MemberID) {
	for n := from; n < until; n++ {
		var m members.MemberID
		binary.BigEndian.PutUint32(m[12:], uint32(n+1))
		list = append(list, m)
	}
	return list
}

func aCell(client, region string, people []members.MemberID) fillCell {
	c := fillCell{name: client, region: region, seats: len(people) + 2, filled: len(people), people: people}
	copy(c.client[:], client)
	return c
}

func TestFillRows(t *testing.T) {
	for name, tt := range map[string]struct {
		cells            []fillCell
		regions, clients []FillRow
	}{
		"nothing":          {},
		"too few together": {cells: []fillCell{aCell("A", "Ede", who(0, 5)), aCell("B", "Ede", who(3, 9))}},
		"enough everywhere": {
			cells:   []fillCell{aCell("A", "Ede", who(0, 10)), aCell("B", "Arnhem", who(5, 17))},
			regions: []FillRow{{"Arnhem", 1, 14, 12}, {"Ede", 1, 12, 10}},
			clients: []FillRow{{"A", 1, 12, 10}, {"B", 1, 14, 12}},
		},
		"one of three is small: the next smallest goes with it": {
			cells:   []fillCell{aCell("A", "Ede", who(0, 3)), aCell("B", "Ede", who(10, 22)), aCell("C", "Ede", who(30, 60))},
			regions: []FillRow{{"Ede", 1, 51, 45}},
			clients: []FillRow{{"C", 1, 32, 30}, {"", 2, 19, 15}},
		},
		"two small ones are enough together": {
			cells:   []fillCell{aCell("A", "Ede", who(0, 6)), aCell("B", "Ede", who(10, 16)), aCell("C", "Ede", who(30, 60))},
			regions: []FillRow{{"Ede", 1, 48, 42}},
			clients: []FillRow{{"C", 1, 32, 30}, {"", 2, 16, 12}},
		},
		"two small ones of the same people need a third": {
			cells:   []fillCell{aCell("A", "Ede", who(0, 6)), aCell("B", "Ede", who(0, 6)), aCell("C", "Ede", who(0, 12)), aCell("D", "Ede", who(30, 60))},
			regions: []FillRow{{"Ede", 1, 62, 54}},
			clients: []FillRow{{"D", 1, 32, 30}, {"", 3, 30, 24}},
		},
		"where nobody came": {
			cells:   []fillCell{aCell("A", "Ede", nil), aCell("B", "Ede", who(0, 20))},
			regions: []FillRow{{"Ede", 1, 24, 20}},
			clients: []FillRow{{"", 2, 24, 20}},
		},
		// A works in Ede alone, where B has a little: Ede less A would tell of B's four there.
		"the difference of both tables": {
			cells: []fillCell{aCell("A", "Ede", who(0, 20)), aCell("B", "Ede", who(20, 24)), aCell("B", "Arnhem", who(20, 50)),
				aCell("C", "Tiel", who(60, 90))},
			regions: []FillRow{{"Tiel", 1, 32, 30}, {"", 2, 60, 54}},
			clients: []FillRow{{"A", 1, 22, 20}, {"B", 1, 38, 34}, {"C", 1, 32, 30}},
		},
	} {
		regions, clients := fillRows(tt.cells)
		if diff := cmp.Diff(tt.regions, regions); diff != "" {
			t.Errorf("%s, by region:\n%s", name, diff)
		}
		if diff := cmp.Diff(tt.clients, clients); diff != "" {
			t.Errorf("%s, by client:\n%s", name, diff)
		}
	}
}

// TestNothingIsAboutFew, whatever the work is, alone or subtracted from another row; all
// seats stand in each table, and what is together is of two at least.
func TestNothingIsAboutFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cells []fillCell
		total, all := 0, map[members.MemberID]bool{}
		for i := range rapid.IntRange(0, 6).Draw(t, "clients") {
			for j := range 4 {
				if !rapid.Bool().Draw(t, "works there") {
					continue
				}
				from, many := rapid.IntRange(0, 40).Draw(t, "from"), rapid.IntRange(0, 25).Draw(t, "many")
				c := aCell(fmt.Sprint("client", i), fmt.Sprint("region", j), who(from, from+many))
				cells, total = append(cells, c), total+c.seats
				for _, m := range c.people {
					all[m] = true
				}
			}
		}
		regions, clients := fillRows(cells)
		for _, table := range [][]FillRow{regions, clients} {
			sum := 0
			for _, row := range table {
				sum += row.Seats
				if row.Name == "" && row.Groups < 2 || row.Name != "" && row.Groups != 1 {
					t.Fatalf("%+v", row)
				}
			}
			if enough := len(all) >= LeastPeople; enough && sum != total || !enough && sum != 0 {
				t.Fatalf("%d of %d seats, of %d people", sum, total, len(all))
			}
		}
		lookForFew(t, cells, regions, clients)
		lookForFew(t, cells, clients, regions)
	})
}

// lookForFew does as somebody would who knows which work is in which row: it looks at each
// row, and at what is left of it without those of the other table that lie in it.
func lookForFew(t *rapid.T, cells []fillCell, table, other []FillRow) {
	in := func(rows []FillRow, c fillCell) int {
		for i, r := range rows {
			if r.Name == c.region || r.Name == c.name {
				return i
			}
		}
		return len(rows) - 1
	}
	for i := range table {
		var row []fillCell
		outside := map[int]bool{} // rows of the other table that have something elsewhere
		for _, c := range cells {
			if in(table, c) == i {
				row = append(row, c)
			} else {
				outside[in(other, c)] = true
			}
		}
		var left []fillCell
		for _, c := range row {
			if outside[in(other, c)] {
				left = append(left, c)
			}
		}
		if n := people(row); n < LeastPeople {
			t.Fatalf("%q is about %d", table[i].Name, n)
		}
		if n := people(left); len(left) > 0 && len(left) < len(row) && n < LeastPeople {
			t.Fatalf("the difference of %q is about %d", table[i].Name, n)
		}
	}
}
