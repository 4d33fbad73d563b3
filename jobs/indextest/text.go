package indextest

import (
	"testing"

	"meent/jobs"
)

func text(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	for _, tt := range []struct {
		name, text string
		want       []int
	}{
		{"word", "ramen", []int{1}},
		{"capitals", "RAMEN", []int{1}},
		{"two words", "ramen lappen", []int{1}},
		{"words of two gigs", "ramen schuur", nil},
		{"small words", "ik wil ramen lappen in de schuur", nil},
		{"small words alone", "stofzuigen in de", []int{2}},
		{"accent left out", "cafe", []int{2}},
		{"accent put in", "ramén", []int{1}},
		{"typo: another letter", "stofzuigem", []int{2}},
		{"typo: letter missing", "stofzugen", []int{2}},
		{"typo: letter too many", "stofzuiggen", []int{2}},
		{"typo: letters swapped", "stofzuiegn", []int{2}},
		{"typo in the first of two", "schuru opruimen", []int{6}},
		{"beginning", "stofz", []int{2}},
		{"beginning of the last of two", "ramen lap", []int{1}},
		{"beginning of the first of two", "ram opruimen", nil},
		{"plural in the text", "hond uitlaten", []int{3}},
		{"plural in the query", "boodschappen doen", []int{5}},
		{"stem with another vowel", "raam lappen", []int{1}},
		{"verb", "stofzuig", []int{2}},
		{"English plural in the text", "hedge", []int{4}},
		{"English plural in the query", "gardens", []int{4}},
		{"English verb", "cutting hedges", []int{4}},
		{"English words for a Dutch text", "window cleaning", []int{1}},
		{"Dutch words for an English text", "tuinieren", []int{4}},
		{"synonym", "glazenwassen", []int{1}},
		{"synonym of an English text", "hovenier", []int{4}},
		{"place", "nijmegen", []int{2, 5}},
		{"word and place", "boodschap nijmegen", []int{5}},
		{"nothing like it", "piano", nil},
	} {
		t.Run(tt.name, func(t *testing.T) { findsSome(t, x, jobs.Query{Text: tt.text}, tt.want...) })
	}
}
