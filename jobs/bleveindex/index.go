package bleveindex

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"

	"meent/jobs"
)

// Index is a browse index. It is safe for use by many at once.
type Index struct {
	bleve bleve.Index
	write sync.Mutex // held by whoever changes it, so that Replace is one change
	puts  puts
	parts parts
	close sync.Once

	passing string // the folder that Close removes, if any
}

var _ jobs.Index = (*Index)(nil)

const (
	batchSize = 500
	filledKey = "filled"
)

// Put adds the documents, each in place of an earlier one of its gig. What
// comes while another change is written is written together afterwards: a batch
// costs much more than what is in it.
func (x *Index) Put(ctx context.Context, docs []jobs.Document) error {
	mine := x.puts.add(docs)
	x.write.Lock()
	defer x.write.Unlock()
	if mine.done {
		return mine.err // somebody else wrote it
	}
	list := x.puts.take()
	err := x.put(context.WithoutCancel(ctx), together(list)) // others wait for it, too
	for _, one := range list {
		one.done, one.err = true, err
	}
	return err
}

func (x *Index) put(ctx context.Context, docs []jobs.Document) error {
	return inBatches(ctx, docs, func(some []jobs.Document) error {
		batch := x.bleve.NewBatch()
		for _, d := range some {
			if err := batch.Index(d.Gig.String(), newEntry(d)); err != nil {
				return err
			}
		}
		return x.bleve.Batch(batch)
	})
}

// Remove takes the gigs out.
func (x *Index) Remove(ctx context.Context, gigs []jobs.GigID) error {
	x.write.Lock()
	defer x.write.Unlock()
	ids := make([]string, len(gigs))
	for i, gig := range gigs {
		ids[i] = gig.String()
	}
	return x.remove(ctx, ids)
}

func (x *Index) remove(ctx context.Context, ids []string) error {
	return inBatches(ctx, ids, func(some []string) error {
		batch := x.bleve.NewBatch()
		for _, id := range some {
			batch.Delete(id)
		}
		return x.bleve.Batch(batch)
	})
}

// inBatches does the work for batchSize of them at a time.
func inBatches[T any](ctx context.Context, all []T, work func([]T) error) error {
	for len(all) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(batchSize, len(all))
		if err := work(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// Filled reports whether a Replace has finished.
func (x *Index) Filled(context.Context) (bool, error) {
	mark, err := x.bleve.GetInternal([]byte(filledKey))
	return mark != nil, err
}

// Close lets go of the folder. The second time it does nothing.
func (x *Index) Close() (err error) {
	x.close.Do(func() {
		x.settle()
		err = x.bleve.Close()
		if x.passing != "" {
			err = errors.Join(err, os.RemoveAll(x.passing))
		}
	})
	return err
}

// settle waits a little for the newest changes to reach the disk.
func (x *Index) settle() {
	for until := time.Now().Add(2 * time.Second); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		stats, _ := x.bleve.StatsMap()["index"].(map[string]any)
		if stats["CurRootEpoch"] == stats["LastPersistedEpoch"] {
			return
		}
	}
}
