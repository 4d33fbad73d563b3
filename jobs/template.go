package jobs

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"meent/members"
)

// Template is a usual kind of work, to begin a gig with.
type Template struct {
	Code                         string
	TitleNL, TitleEN             string
	DescriptionNL, DescriptionEN string
	Skills                       []string // codes
	Load                         Load
}

// Title is the title in the language.
func (t Template) Title(l members.Locale) string {
	if l == members.English {
		return t.TitleEN
	}
	return t.TitleNL
}

// Description is the description in the language.
func (t Template) Description(l members.Locale) string {
	if l == members.English {
		return t.DescriptionEN
	}
	return t.DescriptionNL
}

//go:embed templates.csv
var templatesCSV []byte

// Templates reads the program's own list: code, titles, descriptions, skills,
// load.
func Templates() ([]Template, error) {
	reader := csv.NewReader(bytes.NewReader(templatesCSV))
	reader.FieldsPerRecord = 7
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("templates.csv: %w", err)
	}
	templates := make([]Template, 0, len(rows))
	for _, row := range rows[1:] {
		templates = append(templates, Template{Code: row[0], TitleNL: row[1], TitleEN: row[2], DescriptionNL: row[3],
			DescriptionEN: row[4], Skills: strings.Split(row[5], ";"), Load: Load(row[6])})
	}
	return templates, nil
}
