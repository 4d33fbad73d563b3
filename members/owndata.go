package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/owndata"
	"meent/internal/vault"
)

// ExportTx gives all that this domain keeps about a person, in every
// cooperative: what they told and confided, what they may, and who read or
// decided what. It holds no secret, and of others their names at the most. The
// caller has seen to it that it is the person who asks, and opens one snapshot
// for all domains. It returns ErrNotFound, and ErrNoKey where the program
// cannot open what they confided.
func (s *Service) ExportTx(ctx context.Context, tx pgx.Tx, person PersonID) ([]owndata.Table, error) {
	if err := findUnerased(ctx, tx, person); err != nil {
		return nil, err
	}
	tables, err := owndata.ReadTx(ctx, tx, person, ownQueries())
	if err != nil {
		return nil, err
	}
	if err := s.OpenTables(ctx, tx, person, tables); err != nil {
		return nil, err
	}
	for i := range tables {
		if err := s.readable(ctx, tx, person, &tables[i]); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

// readable turns what is stored for programs into what people read.
func (s *Service) readable(ctx context.Context, tx pgx.Tx, person PersonID, t *owndata.Table) error {
	switch t.Name {
	case "profile":
		return t.Each("week", func(v any) (any, error) { return weekText(weekOf(v.([]byte))), nil })
	case "days":
		return t.Each("extra", func(v any) (any, error) { return quartersText(v.([]byte)), nil })
	case "confided":
		return s.openConfided(ctx, tx, person, t)
	}
	return nil
}

// openConfided gives each row its text. The query gives the cooperative's id
// with it, since that is part of what the text was sealed for.
func (s *Service) openConfided(ctx context.Context, tx pgx.Tx, person PersonID, t *owndata.Table) error {
	for i, row := range t.Rows {
		what, sealed := row[0].(string), row[3].([]byte)
		var in id.Cooperative
		if err := in.Scan(row[2]); err != nil {
			return err
		}
		text, err := s.ReadSealedTx(ctx, tx, person, Confided(what).column(in), sealed)
		if err != nil {
			return err
		}
		t.Rows[i] = []any{what, row[1], text}
	}
	t.Columns = []string{"what", "cooperative", "text"}
	return nil
}

// ReadSealedTx is OpenTx for a transaction that only reads. It gives nil for
// what nobody can read any more.
func (s *Service) ReadSealedTx(ctx context.Context, tx pgx.Tx, person PersonID, column string, sealed []byte) (any, error) {
	row, err := findPersonKey(ctx, tx, person)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	secret, err := s.unwrap(row)
	if errors.Is(err, ErrUnreadable) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := vault.NewKey(secret)
	if err != nil {
		return nil, err
	}
	plain, err := key.Open(sealed, person.String(), column)
	if err != nil {
		return nil, nil
	}
	return string(plain), nil
}
