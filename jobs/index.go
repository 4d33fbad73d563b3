package jobs

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"meent/internal/id"
)

// Index finds open gigs by words, skill, place and date. It only finds: what a
// page shows, and whether somebody may see it, comes from Postgres, so an index
// that lags or is lost does no harm.
type Index interface {
	// Put adds the documents, each in place of an earlier one of its gig. What
	// it has put, the next search finds.
	Put(ctx context.Context, docs []Document) error

	// Remove takes the gigs out. A gig that is not there is no error.
	Remove(ctx context.Context, gigs []GigID) error

	// Search gives one page of the gigs that fit. It returns ErrNoCooperative, and
	// ErrUnfitQuery where others would be answered.
	Search(ctx context.Context, q Query) (Hits, error)

	// Replace makes these the only documents; searches go on meanwhile.
	Replace(ctx context.Context, docs []Document) error

	// Filled reports whether a Replace has finished. One that has not is new, or
	// was cut short, and needs RebuildIndex.
	Filled(ctx context.Context) (bool, error)
}

// Documents gives what the index should hold of these gigs of the cooperative.
// A gig that is not open, or has no free seat to come, is left out.
func (s *Service) Documents(ctx context.Context, c id.Cooperative, gigs ...GigID) ([]Document, error) {
	docs, err := listDocuments(ctx, s.db, c, gigs, s.now())
	if err != nil {
		return nil, err
	}
	return s.withMore(docs)
}

// AllDocuments gives what the index should hold of every cooperative.
func (s *Service) AllDocuments(ctx context.Context) ([]Document, error) {
	docs, err := listAllDocuments(ctx, s.db, s.now())
	if err != nil {
		return nil, err
	}
	return s.withMore(docs)
}

// withMore gives the documents their further words.
func (s *Service) withMore(docs []Document) ([]Document, error) {
	vocabulary, err := s.vocabulary()
	if err != nil {
		return nil, err
	}
	for i := range docs {
		docs[i].More = vocabulary.More(docs[i])
	}
	return docs, nil
}

// mostTurns is how often a gig may change while the index follows it, before the
// task is left to be tried again.
const mostTurns = 5

var errRestless = errors.New("jobs: a gig changes all the time")

// follow brings the index in step with these gigs as they are now, and gives what
// it holds of them. Doing it twice does no harm. Whoever is slow may put what others
// have overtaken, so each looks again after having put: the last one to put has
// then put what is so. An index that is nil is none.
func (s *Service) follow(ctx context.Context, index Index, c id.Cooperative, gigs ...GigID) ([]Document, error) {
	docs, err := s.Documents(ctx, c, gigs...)
	for range mostTurns {
		if err != nil || index == nil {
			return docs, err
		}
		if err := inStep(ctx, index, gigs, docs); err != nil {
			return nil, err
		}
		before := digests(docs)
		if docs, err = s.Documents(ctx, c, gigs...); err == nil && len(compare(before, docs).All()) == 0 {
			return docs, nil
		}
	}
	return nil, cmp.Or(err, errRestless)
}

func digests(docs []Document) map[GigID]string {
	all := make(map[GigID]string, len(docs))
	for _, d := range docs {
		all[d.Gig] = d.Digest()
	}
	return all
}

// inStep puts the documents, and removes those of the gigs that have none.
func inStep(ctx context.Context, index Index, gigs []GigID, docs []Document) error {
	if err := index.Put(ctx, docs); err != nil {
		return err
	}
	return index.Remove(ctx, without(gigs, docs))
}

// without are the gigs that have no document.
func without(gigs []GigID, docs []Document) []GigID {
	return slices.DeleteFunc(slices.Clone(gigs), func(gig GigID) bool {
		return slices.ContainsFunc(docs, func(d Document) bool { return d.Gig == gig })
	})
}

// RebuildIndex fills the index anew from Postgres. A gig that was posted, changed
// or closed meanwhile may have been put as it was before, so it is done once more.
func (s *Service) RebuildIndex(ctx context.Context, index Index) error {
	docs, err := s.AllDocuments(ctx)
	if err != nil {
		return err
	}
	if err := index.Replace(ctx, docs); err != nil {
		return err
	}
	now, err := s.AllDocuments(ctx)
	if err != nil {
		return err
	}
	moved := compare(digests(docs), now)
	return inStep(ctx, index, moved.All(), of(now, moved.All()))
}

// of are the documents of these gigs.
func of(docs []Document, gigs []GigID) []Document {
	return slices.DeleteFunc(docs, func(d Document) bool { return !slices.Contains(gigs, d.Gig) })
}
