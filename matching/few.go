package matching

import (
	"maps"
	"slices"
	"strings"

	"meent/members"
)

// LeastPeople is how many people anything on the page of fairness is about, at least.
const LeastPeople = 10

// FillRow is how many seats of some work were filled.
type FillRow struct {
	Name          string // of the region or client; empty where it is of several
	Groups        int    // how many regions or clients it is of
	Seats, Filled int
}

// fillCell is the work for one client in one region, and who did it.
type fillCell struct {
	client        members.ClientID
	name, region  string
	seats, filled int
	people        []members.MemberID
}

// fillSide is one way to put cells into rows, and which rows are told together.
type fillSide struct {
	key      func(fillCell) string
	together map[string]bool
}

// row is that of a cell; what is told together has the empty one.
func (s fillSide) row(c fillCell) string {
	if key := s.key(c); !s.together[key] {
		return key
	}
	return ""
}

// rows are the cells of each row.
func (s fillSide) rows(cells []fillCell) map[string][]fillCell {
	rows := map[string][]fillCell{}
	for _, c := range cells {
		rows[s.row(c)] = append(rows[s.row(c)], c)
	}
	return rows
}

// fillRows makes two tables of the cells: by region and by client. What is about fewer
// than LeastPeople stands together in one row, and where that is one alone, or still
// about too few, the next smallest goes with it: nobody can subtract it from what is
// known of all. Nor may one table, subtracted from the other, leave so few. Where all
// work together is about too few, both are empty.
func fillRows(cells []fillCell) (regions, clients []FillRow) {
	region := fillSide{func(c fillCell) string { return c.region }, map[string]bool{}}
	client := fillSide{func(c fillCell) string { return c.name + "\x00" + c.client.String() }, map[string]bool{}}
	for again := true; again; {
		region.joinFew(cells)
		client.joinFew(cells)
		again = region.joinDifference(client, cells) || client.joinDifference(region, cells)
	}
	return region.told(cells), client.told(cells)
}

// people counts who did the work of the cells.
func people(cells []fillCell) int {
	all := map[members.MemberID]bool{}
	for _, c := range cells {
		for _, m := range c.people {
			all[m] = true
		}
	}
	return len(all)
}

func few(cells []fillCell) bool { return people(cells) < LeastPeople }

// joinFew puts rows about few people together, with others as long as they need.
func (s fillSide) joinFew(cells []fillCell) {
	for key, row := range s.rows(cells) {
		if key != "" && few(row) {
			s.together[key] = true
		}
	}
	for len(s.together) == 1 || len(s.together) > 1 && few(s.rows(cells)[""]) {
		if !s.joinSmallest(cells) {
			return
		}
	}
}

// joinSmallest puts the row about the fewest people, or the first of those, with what is
// told together. It reports whether there was one.
func (s fillSide) joinSmallest(cells []fillCell) bool {
	rows, smallest, least := s.rows(cells), "", 0
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if n := people(rows[key]); key != "" && (smallest == "" || n < least) {
			smallest, least = key, n
		}
	}
	if smallest != "" {
		s.together[smallest] = true
	}
	return smallest != ""
}

// joinDifference puts a row together with others when rows of the other table lie in it,
// and what it has beside them is about few people. It reports whether it did.
func (s fillSide) joinDifference(other fillSide, cells []fillCell) bool {
	lies := s.within(other, cells)
	rows := s.rows(cells)
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		left := slices.DeleteFunc(slices.Clone(rows[key]), func(c fillCell) bool { return lies[other.row(c)] })
		if len(left) == 0 || len(left) == len(rows[key]) || !few(left) {
			continue
		}
		if key == "" {
			return s.joinSmallest(cells)
		}
		s.together[key] = true
		return true
	}
	return false
}

// within tells which rows of the other table lie in one row of this.
func (s fillSide) within(other fillSide, cells []fillCell) map[string]bool {
	lies := map[string]bool{}
	for key, row := range other.rows(cells) {
		lies[key] = !slices.ContainsFunc(row, func(c fillCell) bool { return s.row(c) != s.row(row[0]) })
	}
	return lies
}

// told is the table as it may be read: what is together comes last.
func (s fillSide) told(cells []fillCell) (list []FillRow) {
	rows := s.rows(cells)
	for _, key := range append(slices.DeleteFunc(slices.Sorted(maps.Keys(rows)), func(key string) bool { return key == "" }), "") {
		if len(rows[key]) == 0 || few(rows[key]) {
			continue // few only where all is together: nothing is left to go with it
		}
		name, _, _ := strings.Cut(key, "\x00")
		one := FillRow{Name: name, Groups: 1}
		if key == "" {
			one.Groups = len(s.together)
		}
		for _, c := range rows[key] {
			one.Seats, one.Filled = one.Seats+c.seats, one.Filled+c.filled
		}
		list = append(list, one)
	}
	return list
}
