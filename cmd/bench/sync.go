package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"reflect"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"meent/internal/id"
	match "meent/matching" // the name is taken here
	"meent/matching/engine"
	"meent/members"
)

const (
	syncVisible = "commit to visible, p99"
	syncDiffers = "members that differ after a storm"
	syncAgain   = "members that differ after a warm start"
	syncDrifted = "members found wrong meanwhile"
	syncHeap    = "live heap of the columns"
	syncCold    = "cold start"
	syncWarm    = "warm start, with the changes since"
	syncSave    = "saving"
	syncProbes  = 400
	syncWriters = 2
	syncStorm   = 2000 // edits
)

func syncGoals() []goal {
	return []goal{
		{syncVisible, atMost, 200, ""}, {syncDiffers, atMost, 0, ""}, {syncAgain, atMost, 0, ""}, {syncDrifted, atMost, 0, ""},
		{syncHeap, atMost, mostHeap, ""},
	}
}

// runSync keeps the engine in step with a database that changes.
func runSync(ctx context.Context, n int, progress io.Writer) (_ report, err error) {
	h, err := openHouse(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	r, err := h.newRoom(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, r.close(ctx)) }()
	folder, err := os.MkdirTemp("", "meent-sync-")
	if err != nil {
		return report{}, err
	}
	defer os.RemoveAll(folder)
	fmt.Fprintf(progress, "writing %d members\n", n)
	w, err := newSyncWorld(ctx, r, n)
	if err != nil {
		return report{}, err
	}
	s := &syncing{syncWorld: w, folder: folder, progress: progress}
	return s.run(ctx, n)
}

// syncing is one benchmark that goes on.
type syncing struct {
	*syncWorld
	folder   string
	progress io.Writer
	figures  []figure
	heap     uint64 // bytes a member, with all that a Keeper knows beside the columns
}

func (s *syncing) run(ctx context.Context, n int) (report, error) {
	heap, err := s.columnsHeap(ctx)
	if err != nil {
		return report{}, err
	}
	before := rested()
	k, took, err := s.start(ctx)
	if err != nil {
		return report{}, err
	}
	s.add(syncCold, "s", took)
	s.heap = (rested() - before) / uint64(n)
	visible, err := s.storm(ctx, k)
	if err != nil {
		return report{}, err
	}
	differ, err := s.differ(ctx, k)
	if err != nil {
		return report{}, err
	}
	if err := s.again(ctx, k); err != nil {
		return report{}, err
	}
	s.add(syncVisible, "ms", quantile(visible, .99))
	s.add(syncDiffers, fmt.Sprintf("of %d", n), float64(differ))
	s.add(syncDrifted, fmt.Sprintf("of %d", k.Stats().Looked), float64(k.Stats().Wrong))
	s.add(syncHeap, "B/member", heap)
	return report{Benchmark: "sync", N: n, Figures: judge(s.figures, syncGoals()), Notes: s.notes(visible)}, nil
}

func (s *syncing) add(what, unit string, value float64) {
	s.figures = append(s.figures, figureOf(what, ours, unit, []float64{value}))
}

func (s *syncing) notes(visible []float64) []string {
	return []string{
		fmt.Sprintf("%d changes were waited for, half of them for %.1f ms at the most, while %d writers made %d transactions of one to three changes as fast as they could; one in five came to nothing", len(visible), median(visible), syncWriters, syncStorm),
		"what differs is found by reading every member anew into other columns, and comparing all that these hold",
		"the columns are measured alone; with what a Keeper knows beside them it is " + fmt.Sprint(s.heap) + " bytes a member",
		"seconds of starting and saving depend on the machine: they are no goals",
	}
}

// columnsHeap is what the columns take for each member.
func (s *syncing) columnsHeap(ctx context.Context) (float64, error) {
	if _, err := s.fresh(ctx); err != nil { // what reading itself keeps is there by then
		return 0, err
	}
	before := rested()
	columns, err := s.fresh(ctx)
	if err != nil {
		return 0, err
	}
	after := rested()
	return float64(after-min(before, after)) / float64(columns.Now().Len()), nil
}

// rested is live after what waits for a second turn is gone.
func rested() uint64 {
	live()
	return live()
}

// fresh reads everything into other columns.
func (s *syncing) fresh(ctx context.Context) (*engine.Columns, error) {
	all, err := s.matching.Loader(syncCooperative()).All(ctx)
	if err != nil {
		return nil, err
	}
	columns := engine.NewColumns()
	columns.Put(all.Members)
	return columns, nil
}

func syncCooperative() (c id.Cooperative) { return id.Cooperative{6: 0x40, 8: 0x80, 15: 1} }

// watched is columns that tell which reach was put in, once it can be seen.
type watched struct {
	*engine.Columns
	mu    sync.Mutex
	waits map[members.MemberID]awaited
}

type awaited struct {
	reach int
	seen  chan time.Time
}

func (w *watched) Put(list []engine.Member) {
	w.Columns.Put(list)
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range list {
		if one, is := w.waits[m.ID]; is && one.reach == m.Reach {
			one.seen <- now
			delete(w.waits, m.ID)
		}
	}
}

func (w *watched) wait(m members.MemberID, reach int) <-chan time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	seen := make(chan time.Time, 1)
	w.waits[m] = awaited{reach, seen}
	return seen
}

// keeps is a Keeper with its columns.
type keeps struct {
	*match.Keeper
	columns *watched
}

// start begins with the file, if there is one, and follows; it says how long that took.
func (s *syncing) start(ctx context.Context) (*keeps, float64, error) {
	k := &keeps{}
	k.Keeper = s.matching.Keeper(
		func() match.Engine {
			return match.Engine{Members: &watched{Columns: engine.NewColumns(), waits: map[members.MemberID]awaited{}}}
		},
		func(_ id.Cooperative, of match.Engine) { k.columns = of.Members.(*watched) })
	k.SaveIn(s.folder)
	began := time.Now()
	_, err := k.Begin(ctx)
	if err == nil {
		_, err = k.Follow(ctx)
	}
	return k, time.Since(began).Seconds(), err
}

// storm lets members change while the Keeper runs, and waits for some of the changes.
func (s *syncing) storm(ctx context.Context, k *keeps) (visible []float64, err error) {
	fmt.Fprintln(s.progress, "a storm of changes")
	running, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { k.Run(running, slog.New(slog.DiscardHandler)); close(ended) }()
	defer func() { stop(); <-ended }()
	if err := s.inStep(ctx, k); err != nil {
		return nil, err
	}
	group, ctx := errgroup.WithContext(ctx)
	for i := range syncWriters {
		group.Go(func() error {
			lot := rand.New(rand.NewPCG(9, uint64(i)))
			for range syncStorm / syncWriters {
				if err := s.edit(ctx, lot); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error { visible, err = s.probe(ctx, k); return err })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return visible, s.inStep(running, k)
}

// probe changes somebody, and waits until it can be seen, again and again.
func (s *syncing) probe(ctx context.Context, k *keeps) (visible []float64, err error) {
	lot := rand.New(rand.NewPCG(10, 1))
	for i := range syncProbes {
		m, reach := s.members[len(s.members)-1-lot.IntN(len(s.members)/10)], 30_000+i // no edit is about them
		seen := k.columns.wait(m, reach)
		if _, err := s.db.Exec(ctx, `UPDATE members.member SET reach_m = $2 WHERE id = $1`, m, reach); err != nil {
			return nil, err
		}
		committed := time.Now()
		select {
		case at := <-seen:
			visible = append(visible, max(0, float64(at.Sub(committed).Microseconds())/1000))
		case <-time.After(30 * time.Second):
			return nil, errors.New("a change is never visible")
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if err := sleepUntil(ctx, time.Now().Add(5*time.Millisecond)); err != nil {
			return nil, err
		}
	}
	return visible, nil
}

// inStep waits until everything is followed.
func (s *syncing) inStep(ctx context.Context, k *keeps) error {
	for late := time.Now().Add(10 * time.Minute); time.Now().Before(late); {
		h, err := k.Health(ctx)
		if err != nil || h.Behind == 0 && h.State == match.EngineKept {
			return err
		}
		if err := sleepUntil(ctx, time.Now().Add(20*time.Millisecond)); err != nil {
			return err
		}
	}
	return errors.New("the Keeper never follows everything")
}

// differ counts whom the columns hold otherwise than who reads everything now.
func (s *syncing) differ(ctx context.Context, k *keeps) (n int, err error) {
	fresh, err := s.fresh(ctx)
	if err != nil {
		return 0, err
	}
	want := map[members.MemberID]engine.Member{}
	for m := range fresh.Now().All() {
		want[m.ID] = m
	}
	for m := range k.columns.Now().All() {
		if !reflect.DeepEqual(want[m.ID], m) {
			n++
		}
		delete(want, m.ID)
	}
	return n + len(want), nil
}

// again saves, changes some more, and begins with the file.
func (s *syncing) again(ctx context.Context, k *keeps) error {
	fmt.Fprintln(s.progress, "saving, and a warm start")
	began := time.Now()
	if err := k.Save(ctx); err != nil {
		return err
	}
	s.add(syncSave, "s", time.Since(began).Seconds())
	lot := rand.New(rand.NewPCG(11, 1))
	for range syncStorm / 10 {
		if err := s.edit(ctx, lot); err != nil {
			return err
		}
	}
	warm, took, err := s.start(ctx)
	if err != nil {
		return err
	}
	if !warm.Stats().Warm {
		return errors.New("the file was of no use")
	}
	s.add(syncWarm, "s", took)
	differ, err := s.differ(ctx, warm)
	s.add(syncAgain, fmt.Sprintf("of %d", len(s.members)), float64(differ))
	return err
}
