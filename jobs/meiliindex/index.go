package meiliindex

import (
	"context"
	"sync"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// Index is a browse index. It is safe for use by many at once.
type Index struct {
	config Config
	server meilisearch.ServiceManager
	index  meilisearch.IndexManager
	name   string

	setUp   sync.Mutex
	isSetUp bool
}

var _ jobs.Index = (*Index)(nil)

const (
	batchSize = 1_000
	filledID  = "filled" // of the document that says that a Replace has finished
)

// Put adds the documents, each in place of an earlier one of its gig.
func (x *Index) Put(ctx context.Context, docs []jobs.Document) error {
	if err := x.SetUp(ctx); err != nil {
		return err
	}
	for len(docs) > 0 {
		n := min(batchSize, len(docs))
		if err := x.done(ctx)(x.index.AddDocumentsWithContext(ctx, x.entries(docs[:n]), nil)); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

func (x *Index) entries(docs []jobs.Document) []entry {
	stamp := x.config.Now().UnixMilli()
	all := make([]entry, len(docs))
	for i, d := range docs {
		all[i] = newEntry(d, stamp)
	}
	return all
}

// Remove takes the gigs out.
func (x *Index) Remove(ctx context.Context, gigs []jobs.GigID) error {
	if len(gigs) == 0 {
		return nil
	}
	if err := x.SetUp(ctx); err != nil {
		return err
	}
	ids := make([]string, len(gigs))
	for i, gig := range gigs {
		ids[i] = gig.String()
	}
	return x.done(ctx)(x.index.DeleteDocumentsWithContext(ctx, ids, nil))
}
