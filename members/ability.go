package members

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"

	"meent/internal/check"
)

//go:embed abilities.csv
var abilitiesCSV []byte

// Ability is one thing that work can be like, in positive words. A member says
// which of them they need; a gig will say which of them it has.
type Ability struct {
	Code      string
	GroupCode string
	Bit       int // 0 to 31: never given to another ability, also not when this one goes
	NL, EN    string
}

// Label is the sentence in the language.
func (a Ability) Label(l Locale) string {
	if l == English {
		return a.EN
	}
	return a.NL
}

// AbilityList reads the program's own vocabulary, in the order of pages.
func AbilityList() ([]Ability, error) {
	rows, err := readCSV(abilitiesCSV, 5)
	if err != nil {
		return nil, err
	}
	list := make([]Ability, len(rows))
	for i, row := range rows {
		bit, err := strconv.Atoi(row[2])
		if err != nil {
			return nil, fmt.Errorf("abilities.csv, line %d: the bit %q", i+2, row[2])
		}
		list[i] = Ability{Code: row[0], GroupCode: row[1], Bit: bit, NL: row[3], EN: row[4]}
	}
	return list, nil
}

// Strength is how much a member needs an ability of the work.
type Strength string

// The strengths; nothing means that it does not matter.
const (
	Must   Strength = "must"
	Prefer Strength = "prefer"
)

// Abilities is what the member's work must, or should rather, be like.
type Abilities map[string]Strength // by code

// Question is what it answers.
func (Abilities) Question() Question { return AbilitiesQuestion }

func (a Abilities) problems() (p check.Problems) {
	list, err := AbilityList()
	known := map[string]bool{}
	for _, one := range list {
		known[one.Code] = true
	}
	for code, strength := range a {
		if !known[code] || err != nil {
			p.Add("abilities", "not_a_choice", nil)
			return p
		}
		check.OneOf(&p, "ability-"+code, strength, Must, Prefer)
	}
	return p
}

// Bits gives those of this strength as one word, for comparing with what a gig
// has.
func (a Abilities) Bits(s Strength, list []Ability) (word uint32) {
	for _, one := range list {
		if a[one.Code] == s {
			word |= 1 << one.Bit
		}
	}
	return word
}

func (a Abilities) storeTx(ctx context.Context, t answering) error {
	return replaceAbilities(ctx, t.tx, t.by, a)
}
