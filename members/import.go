package members

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/retention"
)

// ImportID identifies what was uploaded.
type ImportID = id.Of[Import]

// importEnds is until when an upload waits to be confirmed.
func importEnds(now time.Time) time.Time { return retention.Of(retention.Imports).Keep.After(now) }

// Import is what a coordinator uploaded, before it is confirmed: nothing of it
// has happened.
type Import struct {
	ID     ImportID
	Kind   ImportKind
	Rows   int
	First  []map[string]string // some rows by field
	Wrong  []RowProblem        // none: it can be confirmed
	sheet  []sheetRow
	parsed []importRow
}

// shownRows is how many rows a coordinator looks at before confirming.
const shownRows = 20

// Upload reads a file and keeps it for an hour, for the acting coordinator. It
// returns check.Problems at "file" and "kind", and ErrNotFound to everybody else.
func (s *Service) Upload(ctx context.Context, by Actor, kind ImportKind, data []byte) (ImportID, error) {
	if by.Kind != RoleCoordinator {
		return ImportID{}, ErrNotFound
	}
	if kind != ImportMembers && kind != ImportClients {
		return ImportID{}, check.Problems{{Field: "kind", Rule: "not_a_choice"}}
	}
	rows, err := parseSheet(kind, data)
	if err != nil {
		return ImportID{}, err
	}
	i := id.New[Import](s.random)
	return i, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return insertImport(ctx, tx, by, i, kind, rows, importEnds(s.now()))
	})
}

// Import looks at what the acting coordinator uploaded, as it would go now. It
// returns ErrNotFound for what is somebody else's, gone, or older than an hour.
func (s *Service) Import(ctx context.Context, by Actor, i ImportID) (found Import, err error) {
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		found, err = s.importTx(ctx, tx, by, i, false)
		return err
	})
	return found, err
}

func (s *Service) importTx(ctx context.Context, tx pgx.Tx, by Actor, i ImportID, lock bool) (Import, error) {
	if by.Kind != RoleCoordinator {
		return Import{}, ErrNotFound
	}
	found, err := findImport(ctx, tx, by, i, s.now(), lock)
	if err != nil {
		return found, err
	}
	with, err := selectKnown(ctx, tx, by.Cooperative, found.Kind)
	if err != nil {
		return found, err
	}
	found.parsed, found.Wrong = found.Kind.read(found.sheet, with)
	found.Rows = len(found.sheet)
	for _, row := range found.sheet[:min(shownRows, len(found.sheet))] {
		found.First = append(found.First, row.Cells)
	}
	return found, nil
}

// Confirm does all of it, or nothing: new members are referred, and are told
// nothing. It returns ErrImportWrong while something is wrong, as when somebody
// joined meanwhile, and ErrNotFound as Import does, also for a second time.
func (s *Service) Confirm(ctx context.Context, by Actor, i ImportID) error {
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		found, err := s.importTx(ctx, tx, by, i, true)
		if err != nil {
			return err
		}
		if len(found.Wrong) > 0 {
			return ErrImportWrong
		}
		if err := s.confirmTx(ctx, tx, by, found); err != nil {
			return err
		}
		if err := deleteImport(ctx, tx, i); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: string(found.Kind) + "_imported", Ref: "import:" + i.String(),
			Detail: map[string]string{"rows": strconv.Itoa(found.Rows)}})
	})
	if errors.Is(err, errFewer) {
		return ErrImportWrong
	}
	return err
}

// errFewer means that somebody was faster with one of the rows.
var errFewer = errors.New("members: fewer rows than were read")

func (s *Service) confirmTx(ctx context.Context, tx pgx.Tx, by Actor, found Import) error {
	if found.Kind == ImportClients {
		return insertClients(ctx, tx, by.Cooperative, s.newIDs(len(found.parsed)), found.parsed, s.now())
	}
	return insertMembers(ctx, tx, by.Cooperative, [3][]string{s.newIDs(len(found.parsed)), s.newIDs(len(found.parsed)), s.newIDs(len(found.parsed))}, found.parsed, s.now())
}

func (s *Service) newIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = id.New[Import](s.random).String()
	}
	return ids
}
