package meiliindex

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// tokenLife is how long a token for searches in one cooperative holds: a search
// takes less than a second, and clocks differ.
const tokenLife = 5 * time.Minute

// searchKey may search this index and nothing else. Tokens are signed with it,
// and it is never sent.
type searchKey struct {
	uid, secret string    // empty: MEILI_KEY may not manage keys
	until       time.Time // asked again after that; zero is never
}

// Walled reports whether each search goes with a token for its cooperative, so
// that the server itself keeps the others out. When the key may not manage keys
// only the filter of the search does.
func (x *Index) Walled(ctx context.Context) (bool, error) {
	key, err := x.findSearchKey(ctx)
	return err == nil && key.uid != "", err
}

// searcher searches in the query's cooperative only, where it can be helped.
func (x *Index) searcher(ctx context.Context, q jobs.Query) (meilisearch.ServiceManager, error) {
	key, err := x.findSearchKey(ctx)
	if err != nil {
		return nil, err
	}
	if key.uid == "" {
		return x.server, nil
	}
	rules := map[string]any{x.name: map[string]string{"filter": inCooperative(q)}}
	until := x.config.Now().Add(tokenLife).UTC()
	token, err := x.server.GenerateTenantToken(key.uid, rules, &meilisearch.TenantTokenOptions{APIKey: key.secret, ExpiresAt: until})
	if err != nil {
		return nil, err
	}
	return connect(x.config.URL, token, x.client), nil
}

// refused forgets the key for searches when the server no longer knows it.
func (x *Index) refused(err error) error {
	if Refused(err) {
		x.searchKey.Store(nil)
	}
	return err
}

// noKeyLife is how long it is believed that there is no key for searches: a server
// that was refusing may do so no more.
const noKeyLife = time.Minute

// findSearchKey asks the server once, and again where it refused. Several may ask at the same time: the key
// has the same name for all, so that there is one.
func (x *Index) findSearchKey(ctx context.Context) (*searchKey, error) {
	if key := x.searchKey.Load(); key != nil && (key.until.IsZero() || x.config.Now().Before(key.until)) {
		return key, nil
	}
	key, err := x.getSearchKey(ctx)
	if is(err, "api_key_not_found") {
		if key, err = x.makeSearchKey(ctx); is(err, "api_key_already_exists") {
			key, err = x.getSearchKey(ctx)
		}
	}
	if Refused(err) || is(err, "missing_master_key") {
		key, err = &searchKey{until: x.config.Now().Add(noKeyLife)}, nil
	}
	if err == nil {
		x.searchKey.Store(key)
	}
	return key, err
}

func (x *Index) getSearchKey(ctx context.Context) (*searchKey, error) {
	return x.checkKey(x.server.GetKeyWithContext(ctx, searchKeyUID(x.name)))
}

func (x *Index) makeSearchKey(ctx context.Context) (*searchKey, error) {
	return x.checkKey(x.server.CreateKeyWithContext(ctx, &meilisearch.Key{
		Name: "meent " + x.name, Description: "Signs tokens for searches in one cooperative.", UID: searchKeyUID(x.name),
		Actions: []string{"search"}, Indexes: []string{x.name}}))
}

// checkKey accepts a key with just the rights that it should have.
func (x *Index) checkKey(key *meilisearch.Key, err error) (*searchKey, error) {
	switch {
	case err != nil:
		return nil, fault(err)
	case key.UID != searchKeyUID(x.name) || key.Key == "" || !slices.Equal(key.Actions, []string{"search"}) ||
		!slices.Equal(key.Indexes, []string{x.name}):
		return nil, errOdd
	}
	return &searchKey{uid: key.UID, secret: key.Key}, nil
}

// searchKeyUID is the same for everybody who uses the index. It is no secret.
func searchKeyUID(name string) string {
	h := sha256.Sum256([]byte("meent searches " + name))
	h[6], h[8] = h[6]&0x0f|0x40, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}
