package meiliindex

import (
	"context"
	"fmt"

	"github.com/meilisearch/meilisearch-go"
)

// New speaks to no server yet, so that one that is down stops nothing: whatever
// changes the index sets it up first.
func New(config Config) *Index {
	config = config.withDefaults()
	x := &Index{config: config, client: config.client(), name: config.Name + "_v" + version}
	x.server = connect(config.URL, config.Key, x.client)
	return x
}

// Open is New and SetUp.
func Open(ctx context.Context, config Config) (*Index, error) {
	x := New(config)
	return x, x.SetUp(ctx)
}

// SetUp makes the index on the server if it is not there, and sets it up. After
// the first time it does nothing.
func (x *Index) SetUp(ctx context.Context) error { return x.setUpUnless(ctx, true) }

// setUpUnless does it anyway when being done once is not enough: somebody may
// have emptied the server.
func (x *Index) setUpUnless(ctx context.Context, onceIsEnough bool) error {
	x.setUp.Lock()
	defer x.setUp.Unlock()
	if x.isSetUp && onceIsEnough {
		return nil
	}
	if err := x.create(ctx, x.name); err != nil {
		return fmt.Errorf("meiliindex: setting up %s: %w", x.name, err)
	}
	x.isSetUp = true
	return nil
}

// create makes an index, unless it is there, and gives it its settings.
func (x *Index) create(ctx context.Context, name string) error {
	err := x.done(ctx)(x.server.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: name, PrimaryKey: primaryKey}))
	if err != nil && !is(err, "index_already_exists") {
		return err
	}
	return x.done(ctx)(x.server.Index(name).UpdateSettingsWithContext(ctx, settings(x.config.Synonyms)))
}
