package meiliindex

import (
	"context"
	"fmt"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// Open makes the index on the server if it is not there, and sets it up.
func Open(ctx context.Context, config Config) (*Index, error) {
	config = config.withDefaults()
	x := &Index{config: config, server: config.connect()}
	name := config.Name + "_v" + version
	x.index = x.server.Index(name)
	if err := x.create(ctx, name); err != nil {
		return nil, fmt.Errorf("meiliindex: %s: %w", name, err)
	}
	if err := x.done(ctx)(x.index.UpdateSettingsWithContext(ctx, settings())); err != nil {
		return nil, fmt.Errorf("meiliindex: settings of %s: %w", name, err)
	}
	return x, nil
}

func (x *Index) create(ctx context.Context, name string) error {
	err := x.done(ctx)(x.server.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: name, PrimaryKey: "id"}))
	if is(err, "index_already_exists") {
		return nil
	}
	return err
}

// settings are the whole set-up of the index.
func settings() *meilisearch.Settings {
	return &meilisearch.Settings{
		SearchableAttributes: []string{"title", "text"},
		DisplayedAttributes:  []string{"id"},
		FilterableAttributes: []string{"cooperative", "skills", "load", "first", "_geo", "stamp"},
		SortableAttributes:   []string{"first", "id"},
		RankingRules:         []string{"words", "typo", "attribute", "sort", "proximity", "exactness"},
		TypoTolerance: &meilisearch.TypoTolerance{
			Enabled:             true,
			MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: 4, TwoTypos: 9},
			DisableOnWords:      []string{},
			DisableOnAttributes: []string{},
		},
		Pagination:     &meilisearch.Pagination{MaxTotalHits: jobs.MostFound},
		SearchCutoffMs: 500,
	}
}
