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

// Audit counts what must not be: a ledger that does not sum to zero, a balance
// that is not the sum of its postings, a bill that differs from its lines or
// their postings, money of a paid bill that is still held, a wage without its
// payout, and a member's bank that differs from what was called paid. It reads
// all cooperatives at one moment.
func (s *Service) Audit(ctx context.Context) (Faults, error) { return countFaults(ctx, s.db) }
