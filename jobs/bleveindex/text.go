package bleveindex

import (
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// What a match is worth, by how sure it is.
const (
	inTitle  = 4
	exact    = 2
	inText   = 1.5
	begins   = 1
	mistyped = 0.5
)

// A word shorter than this is taken as it is.
const (
	shortestTypo   = 4
	shortestPrefix = 2
)

// text wants every word; the last may be unfinished.
func text(words []string) []query.Query {
	all := make([]query.Query, len(words))
	for i, word := range words {
		all[i] = oneWord(word, i == len(words)-1)
	}
	return all
}

// oneWord matches in any of the ways that doc.go names.
func oneWord(word string, last bool) query.Query {
	ways := bleve.NewDisjunctionQuery(
		stem("title_nl", word, inTitle), stem("title_en", word, inTitle),
		stem("text_nl", word, inText), stem("text_en", word, inText), stem("words", word, exact))
	letters := utf8.RuneCountInString(word)
	if first, _ := utf8.DecodeRuneInString(word); letters >= shortestTypo && unicode.IsLetter(first) {
		ways.AddQuery(typo(word))
	}
	if last && letters >= shortestPrefix {
		ways.AddQuery(prefix(word))
	}
	return ways
}

func stem(field, word string, worth float64) query.Query {
	m := bleve.NewMatchQuery(word)
	m.SetField(field)
	m.SetBoost(worth)
	return m
}

func typo(word string) query.Query {
	f := bleve.NewFuzzyQuery(word)
	f.SetField("words")
	f.SetFuzziness(1)
	f.SetPrefix(1)
	f.SetBoost(mistyped)
	return f
}

func prefix(word string) query.Query {
	p := bleve.NewPrefixQuery(word)
	p.SetField("words")
	p.SetBoost(begins)
	return p
}
