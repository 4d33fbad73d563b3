// Package meiliindex is the browse index on a Meilisearch server. It meets
// jobs.Index.
//
// It was never run against a real server: there was none where it was written.
// It was written to the documentation and the source of Meilisearch 1.50, and
// needs 1.36 or newer. Its tests run against a small fake of the routes that it
// uses, and against the server at MEILI_URL (with MEILI_KEY) when that is set.
//
// Meilisearch knows no Dutch stems, so each document holds every word and its
// stem, and the words of a query are sent as stems. Only ids come back. A page
// and all its counts are one request of several searches.
//
// The index is named after the version of its settings: a new version starts
// empty and asks to be filled, and until then Search gives ErrNotFilled where
// Config.Whole says so; the old one stays until somebody deletes it.
// Replace fills a second index, and swaps the two when it is whole.
//
// The key must be allowed search, documents.add, documents.get,
// documents.delete, indexes.create, indexes.get, indexes.delete, indexes.swap,
// settings.update and tasks.get. When it may also do keys.get and keys.create,
// or is the master key, a second key is made that may search this index only;
// each search then goes with a token that it signs for one cooperative, so that
// no filter, whatever stands in it, reaches another. Without, the filter of each
// search is the only wall in the index: Walled tells.
//
// The server stops a search after 150 ms and answers with what it ranked until
// then. That is taken as an answer: total and counts are whole in it.
package meiliindex
