package demo

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed *.csv
var files embed.FS

// row is one line of a data file, by the names in its header.
type row map[string]string

func readRows(name string) ([]row, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil || len(lines) < 2 {
		return nil, fmt.Errorf("demo: %s: %d lines, %w", name, len(lines), err)
	}
	rows := make([]row, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = row{}
		for column, value := range line {
			rows[i][lines[0][column]] = value
		}
	}
	return rows, nil
}

// number reads a whole number; the data files are tested, so zero never shows.
func (r row) number(column string) int {
	n, _ := strconv.Atoi(r[column])
	return n
}

// list reads values with semicolons between.
func (r row) list(column string) []string {
	return strings.FieldsFunc(r[column], func(c rune) bool { return c == ';' })
}

// data is every file, read.
type data struct {
	firstNames, lastNames, organisations, templates, goals, contacts []row
}

func readData() (data, error) {
	var d data
	for name, into := range map[string]*[]row{
		"firstnames.csv": &d.firstNames, "lastnames.csv": &d.lastNames,
		"organisations.csv": &d.organisations, "gigtemplates.csv": &d.templates,
		"goals.csv": &d.goals, "contacts.csv": &d.contacts,
	} {
		rows, err := readRows(name)
		if err != nil {
			return data{}, err
		}
		*into = rows
	}
	return d, nil
}
