package meiliindex

import (
	"context"
	"fmt"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// Replace makes these the only documents: it puts them and then removes what
// was put before it began, so that searches find no gap.
func (x *Index) Replace(ctx context.Context, docs []jobs.Document) error {
	began := x.config.Now().UnixMilli()
	if err := x.Put(ctx, docs); err != nil {
		return err
	}
	earlier := fmt.Sprintf("stamp < %d", began)
	if err := x.done(ctx)(x.index.DeleteDocumentsByFilterWithContext(ctx, earlier, nil)); err != nil {
		return err
	}
	mark := []map[string]string{{"id": filledID}} // of no cooperative, so no search finds it
	return x.done(ctx)(x.index.AddDocumentsWithContext(ctx, mark, nil))
}

// Filled reports whether a Replace has finished.
func (x *Index) Filled(ctx context.Context) (bool, error) {
	var mark map[string]any
	err := x.index.GetDocumentWithContext(ctx, filledID, &meilisearch.DocumentQuery{Fields: []string{"id"}}, &mark)
	if is(err, "document_not_found") || is(err, "index_not_found") {
		return false, nil
	}
	return err == nil, err
}
