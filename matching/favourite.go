package matching

import (
	"context"
	"math"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// favouritesFirst are those who are asked in the first wave: the favourites of the
// client who fit, in their own order; where there are none, the first of all. The
// others follow when the window closes. It changes nobody's points, and who says no
// stays a favourite.
func favouritesFirst(ranked []Ranked, favourites map[members.MemberID]bool, most int) (first []Ranked) {
	for _, one := range ranked {
		if favourites[one.Member] {
			one.Explanation.Favourite = true
			first = append(first, one)
		}
	}
	if len(first) == 0 {
		first = ranked
	}
	return first[:min(most, len(first))]
}

// rankTx proposes who is asked now. In the first wave of a shift those come first
// whom the client asked to be a favourite, and who wanted that.
func (s *Service) rankTx(ctx context.Context, tx pgx.Tx, w Work) ([]Ranked, error) {
	sizing, err := findSizing(ctx, tx, w, s.now())
	if err != nil {
		return nil, err
	}
	size := sizing.size()
	favourites, err := selectFavourites(ctx, tx, w)
	if err != nil || len(favourites) == 0 {
		if err != nil {
			return nil, err
		}
		return s.matcher.Rank(ctx, tx, w, size)
	}
	ranked, err := s.matcher.Rank(ctx, tx, w, math.MaxInt)
	if err != nil {
		return nil, err
	}
	return favouritesFirst(ranked, favourites, size), nil
}
