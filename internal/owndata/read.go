package owndata

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Query reads one table. SQL has the person's id as $1 and nothing else, names
// each column for the reader, and gives rows in an order.
type Query struct {
	Name string
	From string // the tables it reads from, as schema.table, with spaces between
	SQL  string
}

// ReadTx runs the queries about a person, one table each. The transaction should
// be one snapshot, so that all tables tell of the same moment.
func ReadTx(ctx context.Context, tx pgx.Tx, person any, queries []Query) (tables []Table, err error) {
	for _, q := range queries {
		t, err := q.readTx(ctx, tx, person)
		if err != nil {
			return nil, fmt.Errorf("owndata: %s: %w", q.Name, err)
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func (q Query) readTx(ctx context.Context, tx pgx.Tx, person any) (Table, error) {
	rows, err := tx.Query(ctx, q.SQL, person)
	if err != nil {
		return Table{}, err
	}
	defer rows.Close()
	t := Table{Name: q.Name, From: strings.Fields(q.From)}
	for _, f := range rows.FieldDescriptions() {
		t.Columns = append(t.Columns, f.Name)
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return Table{}, err
		}
		for i, f := range rows.FieldDescriptions() {
			if values[i], err = plain(values[i], f.DataTypeOID); err != nil {
				return Table{}, fmt.Errorf("%s: %w", f.Name, err)
			}
		}
		t.Rows = append(t.Rows, values)
	}
	return t, rows.Err()
}

// plain keeps the few kinds of values that a Table has. Bytes stay as they are:
// whoever asks for them turns them into a text, with Each.
func plain(value any, oid uint32) (any, error) {
	switch v := value.(type) {
	case nil, bool, int64, string, []byte:
		return v, nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case float64:
		return v, nil
	case [16]byte:
		return uuid.UUID(v).String(), nil
	case time.Time:
		if oid == pgtype.DateOID {
			return Day(v.Format(time.DateOnly)), nil
		}
		return v.UTC(), nil
	case map[string]any, []any:
		text, err := json.Marshal(v)
		return JSON(text), err
	}
	return nil, fmt.Errorf("no way to write a %T", value)
}
