package payments

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
)

// YouthMinimumWage is what a missing percentage is a NoFigure of. No row of
// legal_figure has this kind: the percentages are the program's own.
const YouthMinimumWage FigureKind = "youth_minimum_wage"

// adultFrom is the age from which the whole minimum wage holds (Wet minimumloon
// en minimumvakantiebijslag, article 7).
const adultFrom = 21

// The tables of percentages: of everybody, and of who learns and works (bbl).
const (
	regularTable = "regular"
	bblTable     = "bbl"
)

//go:embed youth.csv
var youthCSV []byte

// share is which part of the adult minimum wage holds at an age, for a range of
// days, both included.
type share struct {
	table       string
	age         int
	permille    int64
	from, until Day
}

// shares reads the program's own list: table, age, permille, from, until, source.
func shares() ([]share, error) {
	rows, err := csv.NewReader(bytes.NewReader(youthCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("youth.csv: %w", err)
	}
	list := make([]share, 0, len(rows))
	for _, row := range rows[1:] {
		age, err := strconv.Atoi(row[1])
		if err != nil {
			return nil, fmt.Errorf("youth.csv: %w", err)
		}
		permille, err := strconv.ParseInt(row[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("youth.csv: %w", err)
		}
		list = append(list, share{table: row[0], age: age, permille: permille, from: Day(row[3]), until: Day(row[4])})
	}
	return list, nil
}

// YouthFloor is the lowest lawful hourly wage of somebody of this age on the day
// of work, where the adult floor of that day is adult. It returns *NoFigure for a
// day or an age of which the law, as far as it is known here, says nothing: it
// never guesses. A gig never pays less than the adult floor (promise 8); this is
// what is told to somebody of their own floor, and what an export compares.
func YouthFloor(adult Cents, age int, day Day) (Cents, error) {
	return floorOf(regularTable, adult, age, day)
}

// BBLFloor is YouthFloor for who learns and works at once, in bbl. Where their
// table has nothing for the age or the day, the one of everybody holds.
func BBLFloor(adult Cents, age int, day Day) (Cents, error) {
	if floor, err := floorOf(bblTable, adult, age, day); err == nil {
		return floor, nil
	}
	return floorOf(regularTable, adult, age, day)
}

func floorOf(table string, adult Cents, age int, day Day) (Cents, error) {
	list, err := shares()
	if err != nil {
		return 0, err
	}
	for _, s := range list {
		if s.table == table && s.age == min(age, adultFrom) && s.from <= day && day <= s.until {
			return (adult*Cents(s.permille) + 500) / 1000, nil
		}
	}
	return 0, &NoFigure{Kind: YouthMinimumWage, Day: day}
}
