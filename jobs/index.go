package jobs

import (
	"context"
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

	// Search gives one page of the gigs that fit. It returns ErrNoCooperative.
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

// Reindex brings the index in step with these gigs as they are now: call it
// after every change of them, and when their first shift has begun. Doing it
// twice does no harm.
func (s *Service) Reindex(ctx context.Context, index Index, c id.Cooperative, gigs ...GigID) error {
	docs, err := s.Documents(ctx, c, gigs...)
	if err != nil {
		return err
	}
	return inStep(ctx, index, gigs, docs)
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

// RebuildIndex fills the index anew from Postgres. A gig that was posted
// meanwhile may have been taken out again, so it is put once more.
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
	return index.Put(ctx, newIn(now, docs))
}

// newIn are the documents of gigs that had none before.
func newIn(now, before []Document) []Document {
	had := make(map[GigID]bool, len(before))
	for _, d := range before {
		had[d.Gig] = true
	}
	return slices.DeleteFunc(now, func(d Document) bool { return had[d.Gig] })
}
