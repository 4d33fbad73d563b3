package meiliindex

import (
	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

const (
	primaryKey = "id"
	mostValues = 2_000 // that are counted of a field: of places there are 1,200
	never      = 255   // letters: no word is as long
	cutOff     = 100   // ms; what was found by then is the answer, and a page that waits 150 has it
)

// settings are the whole set-up of the index. Change version with them.
func settings(sets [][]string) *meilisearch.Settings {
	whole := "indexingTime"
	return &meilisearch.Settings{
		SearchableAttributes: []string{"title", "words", "text", "more"}, // what is found in an earlier one is better
		DisplayedAttributes:  []string{primaryKey, "digest"},
		FilterableAttributes: []string{primaryKey, "cooperative", "skills", "groups", "load", "rate", "pay", "support", "others", "remote",
			"place", "_geo", "first", "dates", "moments", "day_parts", "part_days"},
		SortableAttributes: []string{"away", "_geo", "first", primaryKey},
		// An order that is asked for comes before how well it matches; without one
		// the soonest comes first, and equals always in one order.
		RankingRules:        []string{"sort", "words", "typo", "attributeRank", "proximity", "exactness", "first:asc", "id:asc"},
		TypoTolerance:       typos(),
		PrefixSearch:        &whole,
		LocalizedAttributes: []*meilisearch.LocalizedAttributes{{Locales: locales(), AttributePatterns: []string{"title", "words", "text", "more"}}},
		Synonyms:            synonyms(sets),
		Faceting:            &meilisearch.Faceting{MaxValuesPerFacet: mostValues, SortFacetValuesBy: map[string]meilisearch.SortFacetType{"*": meilisearch.SortFacetTypeAlpha}},
		Pagination:          &meilisearch.Pagination{MaxTotalHits: jobs.MostFound},
		SearchCutoffMs:      cutOff,
	}
}

// locales keep the server from guessing at a language of three words.
func locales() []string { return []string{"nld", "eng"} }

// typos: one in a word of four letters or more, and never the first letter, which
// counts as two. In a number every digit counts.
func typos() *meilisearch.TypoTolerance {
	return &meilisearch.TypoTolerance{
		Enabled:             true,
		MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: 4, TwoTypos: never},
		DisableOnWords:      []string{},
		DisableOnAttributes: []string{},
		DisableOnNumbers:    true,
	}
}
