package members

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed places.csv
var placesCSV []byte

//go:embed skills.csv
var skillsCSV []byte

//go:embed skillgroups.csv
var skillGroupsCSV []byte

// Place is a Dutch town or village.
type Place struct {
	Code         string
	Name         string
	Municipality string
	Province     string // ISO 3166-2, as NL-GE
	Lat, Lon     float64
}

// Skill is one thing that members can do, in plain words.
type Skill struct {
	Code      string
	GroupCode string
	NL, EN    string
	Synonyms  []string // Dutch search words
}

// Label is the skill's name in the language.
func (s Skill) Label(l Locale) string {
	if l == English {
		return s.EN
	}
	return s.NL
}

// Places reads the program's own list of places.
func Places() ([]Place, error) {
	rows, err := readCSV(placesCSV, 6)
	if err != nil {
		return nil, err
	}
	places := make([]Place, len(rows))
	for i, row := range rows {
		if places[i], err = parsePlace(row); err != nil {
			return nil, fmt.Errorf("places.csv, line %d: %w", i+2, err)
		}
	}
	return places, nil
}

func parsePlace(row []string) (Place, error) {
	lat, latErr := strconv.ParseFloat(row[4], 64)
	lon, lonErr := strconv.ParseFloat(row[5], 64)
	if latErr != nil || lonErr != nil {
		return Place{}, fmt.Errorf("coordinates %q, %q", row[4], row[5])
	}
	return Place{Code: row[0], Name: row[1], Municipality: row[2], Province: row[3], Lat: lat, Lon: lon}, nil
}

// Skills reads the program's own vocabulary of skills.
func Skills() ([]Skill, error) {
	rows, err := readCSV(skillsCSV, 5)
	if err != nil {
		return nil, err
	}
	skills := make([]Skill, len(rows))
	for i, row := range rows {
		skills[i] = Skill{Code: row[0], GroupCode: row[1], NL: row[2], EN: row[3], Synonyms: words(row[4])}
	}
	return skills, nil
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ';' })
}

// readCSV gives the rows below the header.
func readCSV(data []byte, columns int) ([][]string, error) {
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = columns
	rows, err := reader.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[1:], nil
}

// LoadReference copies places, skills and abilities from the program's files into their
// tables, in one transaction; running it again changes nothing. Codes that left
// the files stay in the tables, because rows may point at them.
func (s *Service) LoadReference(ctx context.Context) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		places, err := Places()
		if err != nil {
			return err
		}
		if err := upsertPlaces(ctx, tx, places); err != nil {
			return err
		}
		groups, err := readCSV(skillGroupsCSV, 3)
		if err != nil {
			return err
		}
		if err := upsertSkillGroups(ctx, tx, groups); err != nil {
			return err
		}
		skills, err := Skills()
		if err != nil {
			return err
		}
		if err := upsertSkills(ctx, tx, skills); err != nil {
			return err
		}
		abilities, err := AbilityList()
		if err != nil {
			return err
		}
		return upsertAbilities(ctx, tx, abilities)
	})
}

// ReferenceCount says how much reference data there is.
type ReferenceCount struct{ Places, Skills int }

// CountReference counts the loaded places and skills.
func (s *Service) CountReference(ctx context.Context) (ReferenceCount, error) {
	return countReference(ctx, s.db)
}
