package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// ShownCard is what a client may see of a member who shows themselves: it has no
// field for anything else. Limits, support, load, hours and what was confided are
// not read for it.
type ShownCard struct {
	FirstName string
	PlaceName string
	Skills    []OwnSkill
	Languages Languages
}

// ShownCardTx reads the card of a member, and notes in their access log that the
// actor reads it. That the member agreed is for the caller to know: see coaching.
func (s *Service) ShownCardTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID) (card ShownCard, err error) {
	if card, err = shownCard(ctx, tx, by.Cooperative, m, s.now()); err != nil {
		return card, err
	}
	return card, insertRead(ctx, tx, by, m, ProfileScope, s.now().Truncate(time.Hour), false)
}

func shownCard(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, now time.Time) (ShownCard, error) {
	p, err := findProfile(ctx, tx, c, m, DayOf(now))
	return ShownCard{FirstName: FirstName(p.Name), PlaceName: p.PlaceName, Skills: p.Skills, Languages: p.Languages}, err
}

// FirstName is a name up to the first space.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}
