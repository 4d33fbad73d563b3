package meiliindex_test

import (
	"maps"
	"slices"
	"strings"
)

type fakeIndex struct {
	settings fakeSettings
	docs     map[string]*fakeDoc
}

// fakeDoc is a document, and the words of each field that is text.
type fakeDoc struct {
	fields map[string]any
	words  map[string][]string
}

func newFakeDoc(fields map[string]any) *fakeDoc {
	d := &fakeDoc{fields, map[string][]string{}}
	for name, value := range fields {
		if text, ok := value.(string); ok {
			d.words[name] = strings.Fields(strings.ToLower(text))
		}
	}
	return d
}

type fakeSettings struct {
	RankingRules []string `json:"rankingRules"`
	Searchable   []string `json:"searchableAttributes"`
	Displayed    []string `json:"displayedAttributes"`
	Filterable   []string `json:"filterableAttributes"`
	Sortable     []string `json:"sortableAttributes"`
	Typo         struct {
		Enabled          bool
		MinWordSize      struct{ OneTypo, TwoTypos int } `json:"minWordSizeForTypos"`
		DisableOnWords   []string
		DisableOnFields  []string `json:"disableOnAttributes"`
		DisableOnNumbers bool
	} `json:"typoTolerance"`
	Localized []struct {
		Locales  []string
		Patterns []string `json:"attributePatterns"`
	} `json:"localizedAttributes"`
	Pagination struct{ MaxTotalHits int }
	Faceting   struct {
		MaxValuesPerFacet int
		SortFacetValuesBy map[string]string
	}
	PrefixSearch   string
	SearchCutoffMs int
	Synonyms       map[string][]string
}

func (s fakeSettings) check() *fakeError {
	known := []string{"words", "typo", "proximity", "attribute", "attributeRank", "wordPosition", "sort", "exactness"}
	for _, rule := range s.RankingRules {
		if field, _, custom := strings.Cut(rule, ":"); !custom && !slices.Contains(known, field) {
			return refuse(400, "invalid_settings_ranking_rules", rule)
		}
	}
	for _, rule := range s.Localized {
		if err := knownLocales(rule.Locales); err != nil {
			return err
		}
	}
	if !slices.Contains([]string{"indexingTime", "disabled"}, s.PrefixSearch) {
		return refuse(400, "invalid_settings_prefix_search", s.PrefixSearch)
	}
	return nil
}

func knownLocales(all []string) *fakeError {
	for _, locale := range all {
		if !slices.Contains([]string{"nld", "eng", "nl", "en"}, locale) {
			return refuse(400, "invalid_locale", locale)
		}
	}
	return nil
}

func (f *fake) listIndexes(call) (int, any) {
	results := []map[string]string{}
	for _, uid := range slices.Sorted(maps.Keys(f.indexes)) {
		results = append(results, map[string]string{"uid": uid, "primaryKey": "id"})
	}
	return 200, map[string]any{"results": results, "offset": 0, "limit": len(results), "total": len(results)}
}

func (f *fake) createIndex(c call) (int, any) {
	var asked struct{ UID, PrimaryKey string }
	if err := c.read(&asked); err != nil || asked.UID == "" || asked.PrimaryKey != "id" {
		return 0, refuse(400, "bad_request", "index wants uid and primary key")
	}
	return f.enqueue(func() *fakeError {
		if f.indexes[asked.UID] != nil {
			return refuse(0, "index_already_exists", "Index already exists.")
		}
		f.indexes[asked.UID] = &fakeIndex{docs: map[string]*fakeDoc{}}
		return nil
	})
}

func (f *fake) deleteIndex(c call) (int, any) {
	uid := c.PathValue("uid")
	return f.change(c, func(*fakeIndex) *fakeError {
		delete(f.indexes, uid)
		return nil
	})
}

func (f *fake) swapIndexes(c call) (int, any) {
	var asked []struct {
		Indexes []string
		Rename  bool
	}
	if err := c.read(&asked); err != nil || len(asked) != 1 || len(asked[0].Indexes) != 2 || asked[0].Rename {
		return 0, refuse(400, "invalid_swap_indexes", "the fake swaps two")
	}
	a, b := asked[0].Indexes[0], asked[0].Indexes[1]
	return f.enqueue(func() *fakeError {
		if f.indexes[a] == nil || f.indexes[b] == nil {
			return refuse(0, "index_not_found", "Index `"+b+"` not found.")
		}
		f.indexes[a], f.indexes[b] = f.indexes[b], f.indexes[a]
		return nil
	})
}

// change enqueues work on the index of the address.
func (f *fake) change(c call, work func(*fakeIndex) *fakeError) (int, any) {
	uid := c.PathValue("uid")
	return f.enqueue(func() *fakeError {
		index := f.indexes[uid]
		if index == nil {
			return refuse(0, "index_not_found", "Index `"+uid+"` not found.")
		}
		return work(index)
	})
}

func (f *fake) changeSettings(c call) (int, any) {
	var settings fakeSettings
	err := c.read(&settings)
	if err == nil {
		err = settings.check()
	}
	if err != nil {
		return 0, err
	}
	return f.change(c, func(index *fakeIndex) *fakeError {
		index.settings = settings
		return nil
	})
}

// addDocuments makes the index when it is not there, as the server does.
func (f *fake) addDocuments(c call) (int, any) {
	var docs []map[string]any
	if err := c.read(&docs); err != nil || c.URL.Query().Get("primaryKey") != "id" {
		return 0, refuse(400, "malformed_payload", "no documents")
	}
	uid := c.PathValue("uid")
	return f.enqueue(func() *fakeError {
		if f.failing != nil {
			return f.failing
		}
		if f.indexes[uid] == nil {
			f.indexes[uid] = &fakeIndex{docs: map[string]*fakeDoc{}}
		}
		for _, doc := range docs {
			id, ok := doc["id"].(string)
			if !ok {
				return refuse(0, "invalid_document_id", "Document identifier `"+strings.Repeat("?", 9)+"` is invalid.")
			}
			f.indexes[uid].docs[id] = newFakeDoc(doc)
		}
		return nil
	})
}

func (f *fake) deleteBatch(c call) (int, any) {
	var ids []string
	if err := c.read(&ids); err != nil {
		return 0, err
	}
	return f.change(c, func(index *fakeIndex) *fakeError {
		for _, id := range ids {
			delete(index.docs, id)
		}
		return nil
	})
}

// fetchDocuments gives documents by their internal order, of the fields that are
// shown only.
func (f *fake) fetchDocuments(c call) (int, any) {
	index := f.indexes[c.PathValue("uid")]
	if index == nil {
		return 0, refuse(404, "index_not_found", "no such index")
	}
	asked := struct {
		Fields          []string
		Limit, Offset   int
		RetrieveVectors bool
	}{Limit: 20}
	if err := c.read(&asked); err != nil {
		return 0, err
	}
	ids := slices.Sorted(maps.Keys(index.docs))
	from := min(len(ids), asked.Offset)
	results := []map[string]any{}
	for _, id := range ids[from:min(len(ids), from+asked.Limit)] {
		results = append(results, index.shown(index.docs[id], asked.Fields))
	}
	return 200, map[string]any{"results": results, "offset": asked.Offset, "limit": asked.Limit, "total": len(ids)}
}

func (f *fake) document(c call) (int, any) {
	index := f.indexes[c.PathValue("uid")]
	if index == nil {
		return 0, refuse(404, "index_not_found", "no such index")
	}
	doc, ok := index.docs[c.PathValue("id")]
	if !ok {
		return 0, refuse(404, "document_not_found", "no such document")
	}
	return 200, doc.fields
}
