package web

import (
	"strings"
	"time"

	"meent/internal/owndata"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// mostOwnRows is how many rows of a table the readable page shows; the sheet has
// all of them.
const mostOwnRows = 100

func (r *request) ownTitle(t owndata.Table) string { return r.words.With("owndata.table."+t.Name, nil) }

// ownWhy says what a table is and why it is kept.
func (r *request) ownWhy(t owndata.Table) string { return r.words.With("owndata.why."+t.Name, nil) }

// split puts the tables that have rows before those that have none.
func (p OwnPart) split() (some, none []owndata.Table) {
	for _, t := range p.Tables {
		if len(t.Rows) > 0 {
			some = append(some, t)
		} else {
			none = append(none, t)
		}
	}
	return some, none
}

// emptyTables are those of all parts that say nothing about the person.
func (d ownData) emptyTables() (list []owndata.Table) {
	for _, part := range d.Parts {
		_, none := part.split()
		list = append(list, none...)
	}
	return list
}

func firstRows(t owndata.Table) [][]any { return t.Rows[:min(len(t.Rows), mostOwnRows)] }

// ownTerms are the columns of a row that say something.
func (r *request) ownTerms(t owndata.Table, row []any) (terms []ui.Term) {
	for i, column := range t.Columns {
		if text := r.ownValue(column, row[i]); text != "" {
			terms = append(terms, ui.Term{Word: r.words.With("owndata.column."+column, nil), Meaning: text})
		}
	}
	return terms
}

// ownValue says a value as people read it. What is a word of the program stays
// one.
func (r *request) ownValue(column string, value any) string {
	switch v := value.(type) {
	case time.Time:
		return r.words.LongDate(v) + ", " + r.words.Time(v)
	case owndata.Day:
		return r.words.DayOf(members.Day(v))
	case bool:
		if v {
			return r.t("owndata.yes")
		}
		return r.t("owndata.no")
	case int64:
		if strings.HasSuffix(column, "_cents") {
			return r.words.Money(payments.Cents(v))
		}
	}
	return owndata.Text(value)
}
