package meiliindex

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// Replace makes these the only documents: it fills another index, which no
// search sees, and swaps the two, so that searches find no gap. What is put or
// removed here meanwhile is in the new one too; what another program puts must
// be put again, as jobs.RebuildIndex does. Cut short, it leaves the old index as
// it was.
func (x *Index) Replace(ctx context.Context, docs []jobs.Document) error {
	x.rebuild.Lock()
	defer x.rebuild.Unlock()
	if err := x.setUpUnless(ctx, false); err != nil {
		return err
	}
	if err := x.tidy(ctx); err != nil {
		return err
	}
	x.startJournal()
	defer x.journal.keep(false)
	next := x.nextName()
	defer x.drop(ctx, next) // the old one then, or half a new one
	if err := x.fill(ctx, next, docs); err != nil {
		return fmt.Errorf("meiliindex: filling %s: %w", next, err)
	}
	return x.swap(ctx, next)
}

// startJournal waits for changes under way: they stand in no journal.
func (x *Index) startJournal() {
	x.change.Lock()
	defer x.change.Unlock()
	x.journal.keep(true)
}

// fill makes the index anew, and counts what is in it then.
func (x *Index) fill(ctx context.Context, next string, docs []jobs.Document) error {
	if err := x.create(ctx, next); err != nil {
		return err
	}
	if err := x.put(ctx, next, docs); err != nil {
		return err
	}
	mark := []map[string]string{{primaryKey: filledID}} // of no cooperative, so no search finds it
	if err := x.done(ctx)(x.add(ctx, next, mark)); err != nil {
		return err
	}
	return x.checkCount(ctx, next, len(distinct(docs))+1)
}

// checkCount finds out whether the server has what it says that it took.
func (x *Index) checkCount(ctx context.Context, name string, want int) error {
	there, err := x.fetch(ctx, name, &meilisearch.DocumentsQuery{Limit: 1, Fields: []string{primaryKey}})
	if err != nil {
		return err
	}
	if there.Total != int64(want) {
		return fmt.Errorf("meiliindex: %d documents were put, and the server has %d", want, there.Total)
	}
	return nil
}

func distinct(docs []jobs.Document) map[jobs.GigID]bool {
	gigs := make(map[jobs.GigID]bool, len(docs))
	for _, d := range docs {
		gigs[d.Gig] = true
	}
	return gigs
}

// swap brings the next index up to date and in place of this one. Changes wait
// for it.
func (x *Index) swap(ctx context.Context, next string) error {
	x.change.Lock()
	defer x.change.Unlock()
	if err := x.redo(ctx, next); err != nil {
		return err
	}
	return x.done(ctx)(x.server.SwapIndexesWithContext(ctx, []*meilisearch.SwapIndexesParams{{Indexes: []string{x.name, next}}}))
}

const (
	dropTime   = 5 * time.Second
	leftBehind = time.Hour // a rebuild takes minutes: what is older nobody works at
)

// drop takes an index away, also when the caller gave up. What it cannot take
// away a later Replace does.
func (x *Index) drop(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropTime)
	defer cancel()
	_ = x.done(ctx)(x.server.DeleteIndexWithContext(ctx, name))
}

const nextMark = "_next_"

// nextName tells when the rebuild began. Two at once, in two programs, have two.
func (x *Index) nextName() string {
	return x.name + nextMark + strconv.FormatInt(x.config.Now().UnixMilli(), 10)
}

// tidy takes away what rebuilds that were cut short left behind.
func (x *Index) tidy(ctx context.Context) error {
	const all = 1_000
	there, err := x.server.ListIndexesWithContext(ctx, &meilisearch.IndexesQuery{Limit: all})
	if err != nil {
		return fault(err)
	}
	for _, index := range there.Results {
		if x.isLeftBehind(index.UID) {
			x.drop(ctx, index.UID)
		}
	}
	return nil
}

func (x *Index) isLeftBehind(name string) bool {
	number, isNext := strings.CutPrefix(name, x.name+nextMark)
	began, err := strconv.ParseInt(number, 10, 64)
	return isNext && err == nil && x.config.Now().Sub(time.UnixMilli(began)) > leftBehind
}

// Filled reports whether a Replace has finished.
func (x *Index) Filled(ctx context.Context) (bool, error) {
	var mark map[string]any
	err := x.server.Index(x.name).GetDocumentWithContext(ctx, filledID, &meilisearch.DocumentQuery{Fields: []string{primaryKey}}, &mark)
	if err != nil {
		err = ended(ctx, err)
	}
	if is(err, "document_not_found", "index_not_found") {
		return false, nil
	}
	return err == nil, err
}
