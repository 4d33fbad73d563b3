package members

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// Export gives all members or clients of the acting coordinator's cooperative as
// rows under headings, in the columns that Upload reads and, for members, the
// state of the membership. It is written down that they did. It returns
// ErrNotFound to everybody else.
func (s *Service) Export(ctx context.Context, by Actor, kind ImportKind) (rows [][]string, err error) {
	if by.Kind != RoleCoordinator {
		return nil, ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		list, err := listExport(ctx, tx, by.Cooperative, kind)
		if err != nil {
			return err
		}
		rows = append([][]string{kind.heads()}, list...)
		return s.AuditTx(ctx, tx, Deed{By: by, What: string(kind) + "_exported", Detail: map[string]string{"rows": strconv.Itoa(len(list))}})
	})
	return rows, err
}

// heads are the first names of the columns.
func (k ImportKind) heads() (heads []string) {
	for _, c := range k.columns() {
		heads = append(heads, c.names[0])
	}
	return heads
}
