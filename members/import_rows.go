package members

import (
	"strconv"
	"strings"

	"meent/internal/check"
)

// RowProblem is one thing that is wrong with one cell of a file.
type RowProblem struct {
	Line int
	check.Problem
}

// known is what the rows are held against.
type known struct {
	places map[string]string // code by name and by code, in small letters
	taken  map[string]bool   // addresses of members, names of clients, in small letters
}

// importRow is a row that was understood.
type importRow struct {
	name, email, place, address string
	travel                      Travel
	reach                       int
	consent                     Consent
	kind                        ClientKind
}

// read understands the rows, and lists what is wrong with them.
func (k ImportKind) read(rows []sheetRow, with known) (read []importRow, wrong []RowProblem) {
	lines := map[string]int{} // where an address or a name stood first
	for _, row := range rows {
		one, problems := row.read(k, with)
		key, field := strings.ToLower(one.email), "email"
		if k == ImportClients {
			key, field = strings.ToLower(one.name), "name"
		}
		switch first := lines[key]; {
		case key == "":
		case first > 0:
			problems.Add(field, "twice", map[string]any{"Line": first})
		case with.taken[key]:
			problems.Add(field, "there_already", nil)
		default:
			lines[key] = row.Line
		}
		for _, p := range problems {
			wrong = append(wrong, RowProblem{Line: row.Line, Problem: p})
		}
		read = append(read, one)
	}
	return read, wrong
}

func (row sheetRow) read(k ImportKind, with known) (one importRow, p check.Problems) {
	cell := row.Cells
	one = importRow{name: cell["name"], address: cell["address"], place: with.places[strings.ToLower(cell["place"])]}
	if cell["place"] == "" {
		p.Add("place", "missing", nil)
	} else if one.place == "" {
		p.Add("place", "unknown_place", nil)
	}
	if k == ImportClients {
		p.Text("name", one.name, 1, 120)
		p.Text("address", one.address, 0, 200)
		one.kind = choose(&p, "kind", cell["kind"], map[string]ClientKind{"organisatie": Organisation, "organisation": Organisation,
			"huishouden": Household, "household": Household})
		return one, p
	}
	p.Text("name", one.name, 1, 80)
	checkEmail(&p, cell["email"])
	if !p.At("email") {
		email, _ := ParseEmail(cell["email"])
		one.email = string(email)
	}
	one.travel = choose(&p, "travel", cell["travel"], map[string]Travel{"lopend": Walk, "walk": Walk, "fiets": Bike, "bike": Bike,
		"ov": Transit, "transit": Transit, "auto": Car, "car": Car})
	km, err := strconv.Atoi(cell["reach"])
	if err != nil {
		p.Add("reach", "not_a_number", nil)
	} else {
		p.Between("reach", km, 1, MaxReach/1000)
		one.reach = km * 1000
	}
	one.consent = choose(&p, "municipality", cell["municipality"], map[string]Consent{"": ConsentNotNeeded, "nee": ConsentNotNeeded, "no": ConsentNotNeeded,
		"ja": ConsentNo, "yes": ConsentNo})
	return one, p
}

// choose reads one of several words.
func choose[T any](p *check.Problems, field, cell string, words map[string]T) T {
	choice, ok := words[strings.ToLower(cell)]
	if !ok {
		p.Add(field, "not_a_choice", nil)
	}
	return choice
}
