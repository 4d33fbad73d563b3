package payments

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Day is a date in the Netherlands, as "2026-11-24".
type Day = members.Day

// DayOf is the date that it is in Amsterdam at this moment.
func DayOf(t time.Time) Day { return members.DayOf(t) }

// FigureKind is what a legal figure is about.
type FigureKind string

// AdultMinimumWage is the gross hourly wage from 21 years on, in cents (Wet
// minimumloon en minimumvakantiebijslag, article 8).
const AdultMinimumWage FigureKind = "adult_minimum_wage"

// FigureKinds lists them.
func FigureKinds() []FigureKind { return []FigureKind{AdultMinimumWage} }

// FigureID identifies a legal figure.
type FigureID = id.Of[Figure]

// Figure is one amount that the law sets for a range of days, both included.
type Figure struct {
	ID      FigureID
	Kind    FigureKind
	Amount  Cents
	From    Day
	Until   Day
	Source  string
	Example bool // not law: for demonstrations

	State        FigureState
	AddedBy      members.PersonID // none: the program brought it
	AddedName    string
	ApprovedBy   members.PersonID
	ApprovedName string

	OwnOffice bool // proposed in the cooperative of who looks, and another one approves it
}

//go:embed legal_figures.csv
var figuresCSV []byte

// Figures reads the program's own list: kind, cents, from, until, source.
func Figures() ([]Figure, error) {
	rows, err := csv.NewReader(bytes.NewReader(figuresCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("legal_figures.csv: %w", err)
	}
	figures := make([]Figure, 0, len(rows))
	for _, row := range rows[1:] {
		cents, err := strconv.ParseInt(row[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("legal_figures.csv: %w", err)
		}
		figures = append(figures, Figure{Kind: FigureKind(row[0]), Amount: Cents(cents), From: Day(row[2]), Until: Day(row[3]), Source: row[4]})
	}
	return figures, nil
}

// LoadReference copies the program's own figures into their table; running it
// again changes nothing, and what people approved for the same day stays.
func (s *Service) LoadReference(ctx context.Context) error {
	figures, err := Figures()
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		for _, figure := range figures {
			figure.ID = id.New[Figure](s.random)
			if err := upsertFigure(ctx, tx, figure, s.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// AddExampleTx adds a figure that is not law, after the last one that is, so
// that a demonstration can look ahead. It is marked in the row and its source.
func (s *Service) AddExampleTx(ctx context.Context, tx pgx.Tx, kind FigureKind, amount Cents, from, until Day) error {
	return upsertFigure(ctx, tx, Figure{
		ID: id.New[Figure](s.random), Kind: kind, Amount: amount, From: from, Until: until,
		Source: "example, not law", Example: true,
	}, s.now())
}

// FloorTx is the lowest lawful hourly rate on a day, whoever works. It returns
// *NoFigure where no row covers the day.
func (s *Service) FloorTx(ctx context.Context, tx pgx.Tx, day Day) (Cents, error) {
	return findFigure(ctx, tx, AdultMinimumWage, day)
}

// Floor is FloorTx in a transaction of its own.
func (s *Service) Floor(ctx context.Context, day Day) (floor Cents, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		floor, err = s.FloorTx(ctx, tx, day)
		return err
	})
	return floor, err
}
