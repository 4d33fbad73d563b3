package meiliindex

import (
	"cmp"
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"

	"meent/jobs"
)

// withStems is the text's words, each followed by its stem where that differs.
func withStems(text string) string {
	var all []string
	for _, word := range jobs.Words(text) {
		all = append(all, word)
		if s := stem(word); s != word {
			all = append(all, s)
		}
	}
	return strings.Join(all, " ")
}

// stems is the words' stems.
func stems(words []string) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = stem(word)
	}
	return strings.Join(all, " ")
}

// stem is the English stem's Dutch stem: one form for both languages, because a
// query does not tell its own.
func stem(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	env = snowballstem.NewEnv(env.Current())
	dutch.Stem(env)
	return cmp.Or(env.Current(), word)
}

// synonyms says for all in each set what else means the same, in stems as
// queries are.
func synonyms(sets [][]string) map[string][]string {
	same := map[string][]string{}
	for _, set := range sets {
		for _, text := range set {
			for _, other := range set {
				from, to := stems(jobs.Words(text)), stems(jobs.Words(other))
				if from != "" && to != "" && from != to && !slices.Contains(same[from], to) {
					same[from] = append(same[from], to)
				}
			}
		}
	}
	return same
}
