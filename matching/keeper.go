package matching

import (
	"context"
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"
	"sync/atomic"
	"time"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Columns is what a Keeper keeps in step with the tables: the members of one
// cooperative. Only the Keeper changes it.
type Columns interface {
	Put([]engine.Member)
	Drop([]members.MemberID)
}

// Shifts is the same for its open work: shifts to come of open gigs with a free seat.
type Shifts interface {
	Put([]engine.Work)
	Drop([]jobs.ShiftID)
}

// Engine is what there is of one cooperative.
type Engine struct {
	Members Columns
	Open    Shifts // in which members look for work; nil: they look in the tables
}

// Keeper keeps the engine of every cooperative in step with the tables: it loads them,
// and follows the feed from there. One goroutine uses it.
type Keeper struct {
	service *Service
	id      id.Of[Keeper]
	empty   func() Engine
	shown   func(id.Cooperative, Engine)
	kept    map[id.Cooperative]*kept
	at      feed.Cursor
	turn    int // whose drift is looked at next
	file    *keptFile
	stats   stats
	broken  atomic.Pointer[error] // a fault that whoever asked found; Run logs it, and loads everything anew
}

// kept is one cooperative.
type kept struct {
	*Loader
	into  Engine
	known map[members.MemberID]uint64 // the print of what was put in last
	open  map[jobs.ShiftID]opened
}

// Keeper makes one that keeps nothing yet. shown is told of the engine of a
// cooperative when it is loaded, and again when it was loaded anew.
func (s *Service) Keeper(empty func() Engine, shown func(id.Cooperative, Engine)) *Keeper {
	return &Keeper{service: s, empty: empty, shown: shown, kept: map[id.Cooperative]*kept{}, id: id.New[Keeper](s.random)}
}

// Load loads every cooperative, into an engine that nobody sees before it is whole.
// What changes meanwhile the feed names again.
func (k *Keeper) Load(ctx context.Context) error {
	if err := feed.Settle(ctx, k.service.db); err != nil {
		return err
	}
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
	k.take(at, loaded, false)
	return nil
}

// take keeps these from now on, and lets them be read.
func (k *Keeper) take(at feed.Cursor, loaded map[id.Cooperative]*kept, warm bool) {
	k.kept = loaded
	for c, one := range loaded {
		k.show(c, one)
	}
	k.stats.loaded(warm)
	k.moveTo(at, 1)
	k.count()
}

// moveTo is how far everything is done.
func (k *Keeper) moveTo(at feed.Cursor, changes int) {
	k.at = at
	k.stats.at.Store(&at)
	k.stats.changes.Add(int64(changes))
}

func (k *Keeper) newKept(c id.Cooperative) *kept {
	return &kept{Loader: k.service.Loader(c), into: k.empty(), known: map[members.MemberID]uint64{}, open: map[jobs.ShiftID]opened{}}
}

func (k *Keeper) load(ctx context.Context, c id.Cooperative) (*kept, error) {
	one := k.newKept(c)
	all, err := one.All(ctx)
	if err == nil {
		err = one.put(all.Members)
	}
	if err == nil {
		one.putOpen(all.Work)
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
	o.into.Members.Put(list)
	return nil
}

// print is a number of all that is known of a member: another for other facts.
func (o *kept) print(m *engine.Member) (uint64, error) {
	h := fnv.New64a() // the same in each process: it stands in the file
	err := json.NewEncoder(h).Encode(m)
	return h.Sum64(), err
}

// viewer is columns that can be asked.
type viewer interface{ Now() *engine.View }

// finder is open work in which a member can look for theirs.
type finder interface {
	For(m *engine.Member, now time.Time, most int, weights *engine.Weights) []engine.RankedShift
}

// show lets the matcher, and whoever asked for it, read what was loaded.
func (k *Keeper) show(c id.Cooperative, one *kept) {
	if columns, is := one.into.Members.(viewer); is {
		open, _ := one.into.Open.(finder)
		k.service.engines.show(c, loadedEngine{one.Loader, columns, open})
	}
	k.shown(c, one.into)
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
	if k.broken.Load() != nil || k.old() {
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
		k.moveTo(next, len(changes))
		if done += len(changes); len(changes) < mostRead {
			k.closeBegun()
			now := k.service.now()
			k.stats.followed.Store(&now)
			k.service.engines.followed(now)
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

// apply looks at each member and gig that is named, once.
func (k *Keeper) apply(ctx context.Context, changes []feed.Change) error {
	for c, n := range namedIn(changes) {
		one := k.kept[c]
		if one == nil { // it is new
			one, err := k.load(ctx, c)
			if err != nil {
				return err
			}
			k.kept[c] = one
			k.show(c, one)
			continue
		}
		for some := range slices.Chunk(n.members, mostLoaded) {
			if err := one.again(ctx, some); err != nil {
				return err
			}
		}
		if err := one.openAgain(ctx, n); err != nil {
			return err
		}
	}
	k.count()
	return nil
}

// named is whom changes concern, each once.
type named struct {
	members []members.MemberID
	gigs    []jobs.GigID
	shifts  []jobs.ShiftID
	whole   bool // all work of the cooperative
}

func namedIn(changes []feed.Change) map[id.Cooperative]*named {
	all, seen := map[id.Cooperative]*named{}, map[feed.Change]bool{}
	for _, c := range changes {
		if seen[c] {
			continue
		}
		seen[c] = true
		n := all[c.Cooperative]
		if n == nil {
			n = &named{}
			all[c.Cooperative] = n
		}
		switch c.Kind {
		case "member":
			n.members = append(n.members, members.MemberID(c.Entity))
		case "gig":
			n.gigs = append(n.gigs, jobs.GigID(c.Entity))
		case "shift":
			n.shifts = append(n.shifts, jobs.ShiftID(c.Entity))
		default:
			n.whole = true
		}
	}
	return all
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
		o.into.Members.Drop(gone)
	}
	return nil
}
