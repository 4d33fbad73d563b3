package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
)

// OpenTables opens the texts in tables about a person that stand sealed with the
// person's key: those of a column before one that is called like it with an @
// behind, and says to what the text is bound. Those go. What nobody can read any
// more is empty. It returns ErrNoKey.
func (s *Service) OpenTables(ctx context.Context, tx pgx.Tx, person PersonID, tables []owndata.Table) error {
	for i := range tables {
		for at := len(tables[i].Columns) - 1; at > 0; at-- {
			if tables[i].Columns[at] != tables[i].Columns[at-1]+"@" {
				continue
			}
			if err := s.openColumn(ctx, tx, person, &tables[i], at); err != nil {
				return err
			}
		}
	}
	return nil
}

// openColumn opens the column before at, and takes that one out.
func (s *Service) openColumn(ctx context.Context, tx pgx.Tx, person PersonID, t *owndata.Table, at int) error {
	plain, gone := make([]string, len(t.Rows)), make([]bool, len(t.Rows))
	var texts []SealedText
	for i, row := range t.Rows {
		sealed, _ := row[at-1].([]byte)
		bound, _ := row[at].(string)
		texts = append(texts, SealedText{Person: person, Column: bound, Sealed: sealed, Into: &plain[i], Gone: &gone[i]})
	}
	if err := s.OpenAll(ctx, tx, texts); err != nil {
		return err
	}
	for i, row := range t.Rows {
		if strings.HasPrefix(texts[i].Column, "audit_why@") {
			plain[i] = withoutSalt(plain[i])
		}
		row[at-1] = nil
		if texts[i].Sealed != nil && !gone[i] {
			row[at-1] = plain[i]
		}
		t.Rows[i] = append(row[:at:at], row[at+1:]...)
	}
	t.Columns = append(t.Columns[:at:at], t.Columns[at+1:]...)
	return nil
}
