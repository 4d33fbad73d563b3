// Package meiliindex is the browse index on a Meilisearch server. It meets
// jobs.Index.
//
// It was never run against a real server: there was none where it was written.
// Its tests run against a small fake of the routes that it uses, and against
// the server at MEILI_URL (with MEILI_KEY) when that is set.
//
// Meilisearch knows no Dutch stems, so each document holds every word and its
// stem, and the words of a query are sent as stems. Every search filters by
// cooperative; only ids come back. The index is named after the version of its
// settings: a new version starts empty and asks to be filled; the old one stays
// until somebody deletes it.
package meiliindex
