package matching

import (
	"context"
	"encoding/json"
	"errors"
	"hash/maphash"
	"time"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/matching/engine"
	"meent/members"
)

// Columns is what a Keeper keeps in step with the tables: the engine of one
// cooperative. Only the Keeper changes it.
type Columns interface {
	Put([]engine.Member)
	Drop([]members.MemberID)
}

// Keeper keeps the engine of every cooperative in step with the tables: it loads them,
// and follows the feed from there. One goroutine uses it.
type Keeper struct {
	service *Service
	columns func(id.Cooperative) Columns // makes empty ones
	shown   func(id.Cooperative, Columns)
	kept    map[id.Cooperative]*kept
	at      feed.Cursor
	seed    maphash.Seed
	stats   stats
}

// kept is one cooperative.
type kept struct {
	*Loader
	columns Columns
	seed    maphash.Seed
	known   map[members.MemberID]uint64 // the print of what was put in last
}

// Keeper makes one that keeps nothing yet. shown is told of the columns of a
// cooperative when they are loaded, and again when they were loaded anew.
func (s *Service) Keeper(columns func(id.Cooperative) Columns, shown func(id.Cooperative, Columns)) *Keeper {
	return &Keeper{service: s, columns: columns, shown: shown, kept: map[id.Cooperative]*kept{}, seed: maphash.MakeSeed()}
}

// Load loads every cooperative, into columns that nobody sees before they are whole.
// What changes meanwhile the feed names again.
func (k *Keeper) Load(ctx context.Context) error {
	at, err := feed.Now(ctx, k.service.db)
	if err != nil {
		return err
	}
	list, err := k.service.jobs.People().Cooperatives(ctx)
	if err != nil {
		return err
	}
	loaded := map[id.Cooperative]*kept{}
	for _, c := range list {
		if loaded[c.ID], err = k.load(ctx, c.ID); err != nil {
			return err
		}
	}
	k.at, k.kept = at, loaded
	for c, one := range loaded {
		k.shown(c, one.columns)
	}
	k.count()
	return nil
}

func (k *Keeper) load(ctx context.Context, c id.Cooperative) (*kept, error) {
	one := &kept{Loader: k.service.Loader(c), columns: k.columns(c), seed: k.seed, known: map[members.MemberID]uint64{}}
	all, err := one.All(ctx)
	if err == nil {
		err = one.put(all.Members)
	}
	return one, err
}

func (o *kept) put(list []engine.Member) error {
	for i := range list {
		print, err := o.print(&list[i])
		if err != nil {
			return err
		}
		o.known[list[i].ID] = print
	}
	o.columns.Put(list)
	return nil
}

// print is a number of all that is known of a member: another for other facts.
func (o *kept) print(m *engine.Member) (uint64, error) {
	var h maphash.Hash
	h.SetSeed(o.seed)
	err := json.NewEncoder(&h).Encode(m)
	return h.Sum64(), err
}

// Amounts of the Keeper.
const (
	mostRead   = 5000 // changes at once
	mostLoaded = 1000 // members at once
)

// Follow does all changes that are in the feed, and says how many. Where some were
// tidied before it read them, or its past is too old, it loads everything anew. The
// cursor moves when what came before it is done: who fails does it again.
func (k *Keeper) Follow(ctx context.Context) (done int, err error) {
	if k.old() {
		return 0, k.Load(ctx)
	}
	for {
		changes, next, err := feed.Read(ctx, k.service.db, k.at, mostRead)
		if errors.Is(err, feed.ErrGone) {
			return done, k.Load(ctx)
		}
		if err == nil {
			err = k.apply(ctx, changes)
		}
		if err != nil {
			return done, err
		}
		k.at, done = next, done+len(changes)
		if len(changes) < mostRead {
			return done, nil
		}
	}
}

// old reports that a new day began since everything was loaded.
func (k *Keeper) old() bool {
	for _, one := range k.kept {
		return midnight(k.service.now().In(members.Amsterdam()), -lookBack).After(one.since.Add(12 * time.Hour))
	}
	return false
}

// apply looks at each member that is named, once.
func (k *Keeper) apply(ctx context.Context, changes []feed.Change) error {
	named, seen := map[id.Cooperative][]members.MemberID{}, map[members.MemberID]bool{}
	for _, c := range changes {
		m := members.MemberID(c.Entity)
		if c.Kind == "member" && !seen[m] {
			seen[m], named[c.Cooperative] = true, append(named[c.Cooperative], m)
		}
	}
	for c, list := range named {
		one := k.kept[c]
		if one == nil { // it is new
			one, err := k.load(ctx, c)
			if err != nil {
				return err
			}
			k.kept[c] = one
			k.shown(c, one.columns)
			continue
		}
		for len(list) > 0 {
			some := list[:min(mostLoaded, len(list))]
			if err := one.again(ctx, some); err != nil {
				return err
			}
			list = list[len(some):]
		}
	}
	k.count()
	return nil
}

// again reads these members anew. Who is gone goes.
func (o *kept) again(ctx context.Context, some []members.MemberID) error {
	found, err := o.Members(ctx, some)
	if err != nil {
		return err
	}
	there := make(map[members.MemberID]bool, len(found))
	for i := range found {
		there[found[i].ID] = true
	}
	var gone []members.MemberID
	for _, m := range some {
		if _, has := o.known[m]; has && !there[m] {
			gone = append(gone, m)
			delete(o.known, m)
		}
	}
	if err := o.put(found); err != nil {
		return err
	}
	if len(gone) > 0 {
		o.columns.Drop(gone)
	}
	return nil
}
