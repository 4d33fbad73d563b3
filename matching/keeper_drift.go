package matching

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/matching/engine"
	"meent/members"
)

// someDrift is at how many members of a cooperative one look goes.
const someDrift = 20

// driftOfOne looks at some members of one cooperative, by lot, and says how many are not
// as the tables are: none, unless the program has a fault. Who changed and was not
// followed yet is left out, so that this is exact. It puts right what it finds. Each has
// its turn: many cooperatives are not a load on the database.
func (k *Keeper) driftOfOne(ctx context.Context) (wrong int, err error) {
	list := slices.SortedFunc(maps.Keys(k.kept), func(a, b id.Cooperative) int { return slices.Compare(a[:], b[:]) })
	if len(list) == 0 {
		return 0, nil
	}
	k.turn = (k.turn + 1) % len(list)
	return k.driftOf(ctx, k.kept[list[k.turn]])
}

// driftOf counts nothing where the feed has to be settled first: the next Follow does.
func (k *Keeper) driftOf(ctx context.Context, one *kept) (wrong int, err error) {
	wrong, err = one.drift(ctx, k)
	if errors.Is(err, feed.ErrGone) {
		return 0, nil
	}
	k.stats.wrong.Add(int64(wrong))
	return wrong, err
}

func (o *kept) drift(ctx context.Context, k *Keeper) (int, error) {
	var picked []members.MemberID
	var found []engine.Member
	ahead := map[members.MemberID]bool{}
	err := o.read(ctx, func(tx pgx.Tx) error {
		changes, err := feed.Ahead(ctx, tx, k.at)
		if err != nil {
			return err
		}
		for _, c := range changes {
			ahead[members.MemberID(c.Entity)] = true
		}
		if picked, err = o.pick(ctx, tx, id.New[members.Member](k.service.random)); err == nil {
			found, err = o.MembersTx(ctx, tx, picked)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	is := make(map[members.MemberID]engine.Member, len(found))
	for _, m := range found {
		is[m.ID] = m
	}
	var wrong []members.MemberID
	for _, m := range picked {
		if !ahead[m] && !o.right(m, is) {
			wrong = append(wrong, m)
		}
	}
	k.stats.looked.Add(int64(len(picked)))
	if len(wrong) == 0 {
		return 0, nil
	}
	return len(wrong), o.again(ctx, wrong)
}

// pick draws members that are in the tables, and some that are kept.
func (o *kept) pick(ctx context.Context, tx pgx.Tx, from members.MemberID) ([]members.MemberID, error) {
	picked, err := pickMembers(ctx, tx, o.cooperative, from, someDrift)
	seen := map[members.MemberID]bool{}
	for _, m := range picked {
		seen[m] = true
	}
	for m := range o.known { // in no order
		if len(picked) >= 2*someDrift {
			break
		}
		if !seen[m] {
			picked = append(picked, m)
		}
	}
	return picked, err
}

// right reports whether what was put in of the member is what the tables say.
func (o *kept) right(m members.MemberID, is map[members.MemberID]engine.Member) bool {
	had, kept := o.known[m]
	want, there := is[m]
	if !kept || !there {
		return kept == there
	}
	print, err := o.print(&want)
	return err == nil && print == had
}
