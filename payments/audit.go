package payments

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Faults counts what must never be in the books, by name. An empty one is good.
type Faults map[string]int

// String names them in a fixed order.
func (f Faults) String() string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
		list = append(list, fmt.Sprintf("%s %d", name, f[name]))
	}
	return strings.Join(list, ", ")
}

// Audit counts what must not be, and leaves out what is not: see Examine.
func (s *Service) Audit(ctx context.Context) (Faults, error) {
	faults, err := s.Examine(ctx)
	maps.DeleteFunc(faults, func(_ string, n int) bool { return n == 0 })
	return faults, err
}

// Examine counts the rows of every view payments.wrong_…, by the rest of its
// name. Each says in the database what it looks for: a ledger that does not sum to
// zero, a balance that is not the sum of its postings, and so on; all are empty in
// sound books. It reads all cooperatives at one moment.
func (s *Service) Examine(ctx context.Context) (Faults, error) {
	views, err := listWrongViews(ctx, s.db)
	if err != nil {
		return nil, err
	}
	return countWrong(ctx, s.db, views)
}
