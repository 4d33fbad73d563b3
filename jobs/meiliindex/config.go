package meiliindex

import (
	"net/http"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// version changes with every change of the settings or of the documents.
const version = "3"

// Config says where the server is. Only URL must be set.
type Config struct {
	URL     string
	Key     string           // may search, and manage documents, indexes, settings and tasks
	Name    string           // of the index, before its version; "gigs" when empty
	Timeout time.Duration    // of one request; 2 seconds when 0
	Wait    time.Duration    // for the server to do what it was asked; 30 seconds when 0
	Now     func() time.Time // time.Now when nil
}

func (c Config) withDefaults() Config {
	if c.Name == "" {
		c.Name = "gigs"
	}
	if c.Timeout <= 0 {
		c.Timeout = 2 * time.Second
	}
	if c.Wait <= 0 {
		c.Wait = 30 * time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

func (c Config) connect() meilisearch.ServiceManager {
	return meilisearch.New(c.URL, meilisearch.WithAPIKey(c.Key), meilisearch.DisableRetries(),
		meilisearch.WithCustomClient(&http.Client{Timeout: c.Timeout}))
}
