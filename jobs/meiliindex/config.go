package meiliindex

import (
	"io"
	"net/http"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// version changes with every change of the settings or of the documents.
const version = "4"

// Config says where the server is. Only URL must be set.
type Config struct {
	URL      string
	Key      string           // see doc.go for what it must be allowed
	Name     string           // of the index, before its version; "gigs" when empty
	Synonyms [][]string       // sets of words, or of a few words, that mean the same
	Whole    bool             // Search gives ErrNotFilled until a Replace has finished, rather than too little
	Timeout  time.Duration    // of one request; 2 seconds when 0
	Wait     time.Duration    // for the server to do what it was asked; 30 seconds when 0
	Now      func() time.Time // time.Now when nil; the server's clock should agree
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

// connect speaks with this key over the client's connections.
func connect(url, key string, client *http.Client) meilisearch.ServiceManager {
	return meilisearch.New(url, meilisearch.WithAPIKey(key), meilisearch.DisableRetries(), meilisearch.WithCustomClient(client))
}

const (
	connections   = 32
	longestAnswer = 16 << 20 // bytes; the rest is cut off, so that it is no JSON
)

func (c Config) client() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = connections
	return &http.Client{Timeout: c.Timeout, Transport: bounded{transport}}
}

// bounded reads no more of an answer than the program can hold.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, longestAnswer), answer.Body}
	}
	return answer, err
}
