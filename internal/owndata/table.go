package owndata

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Table is what one query found about a person.
type Table struct {
	Name    string   // small letters and underscores; no other table has it
	From    []string // the tables of the database that it was read from, as schema.table
	Columns []string
	Rows    [][]any // nil, bool, int64, string, time.Time (a moment), Day, or JSON
}

// Day is a date without a time, as 2026-11-24.
type Day string

// JSON is a value that has parts, as the database keeps it.
type JSON []byte

// MarshalJSON gives it as it is.
func (j JSON) MarshalJSON() ([]byte, error) { return j, nil }

// Each changes every value of a column, where there is one.
func (t *Table) Each(column string, change func(any) (any, error)) error {
	at := slices.Index(t.Columns, column)
	if at < 0 {
		return fmt.Errorf("owndata: the table %s has no column %s", t.Name, column)
	}
	for _, row := range t.Rows {
		if row[at] == nil {
			continue
		}
		value, err := change(row[at])
		if err != nil {
			return err
		}
		row[at] = value
	}
	return nil
}

// MarshalJSON writes the rows as objects: column by column, in their order.
func (t Table) MarshalJSON() ([]byte, error) {
	out := []byte{'['}
	for i, row := range t.Rows {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '{')
		for j, column := range t.Columns {
			if j > 0 {
				out = append(out, ',')
			}
			name, err := json.Marshal(column)
			if err != nil {
				return nil, err
			}
			value, err := json.Marshal(row[j])
			if err != nil {
				return nil, err
			}
			out = append(append(append(out, name...), ':'), value...)
		}
		out = append(out, '}')
	}
	return append(out, ']'), nil
}

// Text writes a value for a cell: a moment in UTC, and nothing for nothing.
func Text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case JSON:
		return string(v)
	default:
		return fmt.Sprint(v)
	}
}
