package meiliindex

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// Index is a browse index. It is safe for use by many at once.
type Index struct {
	config Config
	client *http.Client
	server meilisearch.ServiceManager
	name   string

	setUp     sync.Mutex
	isSetUp   bool
	searchKey atomic.Pointer[searchKey] // nil until it was asked for
	whole     atomic.Bool               // a Replace has finished, as far as is known

	change  sync.RWMutex // held by whoever changes the index, alone by Replace while it swaps
	rebuild sync.Mutex   // held by Replace
	journal journal
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
	x.change.RLock()
	defer x.change.RUnlock()
	x.journal.add(step{put: docs})
	return x.put(ctx, x.name, docs)
}

// Remove takes the gigs out.
func (x *Index) Remove(ctx context.Context, gigs []jobs.GigID) error {
	if len(gigs) == 0 {
		return nil
	}
	if err := x.SetUp(ctx); err != nil {
		return err
	}
	x.change.RLock()
	defer x.change.RUnlock()
	x.journal.add(step{remove: gigs})
	return x.remove(ctx, x.name, gigs)
}

// put sends everything first and then waits: the server does it in one go.
func (x *Index) put(ctx context.Context, name string, docs []jobs.Document) error {
	var asked []*meilisearch.TaskInfo
	for len(docs) > 0 {
		n := min(batchSize, len(docs))
		task, err := x.add(ctx, name, newEntries(docs[:n]))
		if err != nil {
			return fault(err)
		}
		asked, docs = append(asked, task), docs[n:]
	}
	return x.waitAll(ctx, asked)
}

// add names the key of a document, so that the server never has to guess.
func (x *Index) add(ctx context.Context, name string, entries any) (*meilisearch.TaskInfo, error) {
	key := primaryKey
	return x.server.Index(name).AddDocumentsWithContext(ctx, entries, &meilisearch.DocumentOptions{PrimaryKey: &key})
}

func (x *Index) remove(ctx context.Context, name string, gigs []jobs.GigID) error {
	return x.done(ctx)(x.server.Index(name).DeleteDocumentsWithContext(ctx, ids(gigs), nil))
}
