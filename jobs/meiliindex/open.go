package meiliindex

import (
	"context"
	"fmt"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// New speaks to no server yet, so that one that is down stops nothing: whatever
// changes the index sets it up first.
func New(config Config) *Index {
	config = config.withDefaults()
	x := &Index{config: config, server: config.connect(), name: config.Name + "_v" + version}
	x.index = x.server.Index(x.name)
	return x
}

// Open is New and SetUp.
func Open(ctx context.Context, config Config) (*Index, error) {
	x := New(config)
	return x, x.SetUp(ctx)
}

// SetUp makes the index on the server if it is not there, and sets it up. After
// the first time it does nothing.
func (x *Index) SetUp(ctx context.Context) error {
	x.setUp.Lock()
	defer x.setUp.Unlock()
	if x.isSetUp {
		return nil
	}
	if err := x.create(ctx, x.name); err != nil {
		return fmt.Errorf("meiliindex: %s: %w", x.name, err)
	}
	if err := x.done(ctx)(x.index.UpdateSettingsWithContext(ctx, settings())); err != nil {
		return fmt.Errorf("meiliindex: settings of %s: %w", x.name, err)
	}
	x.isSetUp = true
	return nil
}

// Refused reports that the server does not accept the key.
func Refused(err error) bool {
	return is(err, "invalid_api_key") || is(err, "missing_authorization_header")
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
		DisplayedAttributes:  []string{"id", "digest"},
		FilterableAttributes: []string{"cooperative", "skills", "groups", "load", "first", "_geo", "stamp"},
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
