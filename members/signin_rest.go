package members

import (
	"context"
	"slices"
	"time"

	"meent/internal/id"
)

// FactorDeeds names the deeds that change with what a person shows who they are.
// A card is not among them: it works once, and changes nothing for the next time.
func FactorDeeds() []string {
	return slices.DeleteFunc(WayInDeeds(), func(what string) bool { return what == "card_printed" || what == "card_used" })
}

// FactorChanged is when the person behind a membership last changed how they sign
// in, or an office did it for them, after that moment; zero: not since then. It is
// for who holds money back for a while after that.
func (s *Service) FactorChanged(ctx context.Context, c id.Cooperative, m MemberID, since time.Time) (time.Time, error) {
	return findFactorChange(ctx, s.db, c, m, since)
}
