package meiliindex

import (
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
		if short := stem(word); short != word {
			all = append(all, short)
		}
	}
	return strings.Join(all, " ")
}

// wanted is how words are looked for: by their stems. The last may be unfinished,
// and stays as it is where its stem is not its beginning: "bood" is no "bod".
func wanted(words []string) string {
	text := stems(words)
	if n := len(words); n > 0 && !strings.HasPrefix(words[n-1], stem(words[n-1])) {
		text = strings.TrimSpace(stems(words[:n-1]) + " " + words[n-1])
	}
	return text
}

// stems is the words' stems.
func stems(words []string) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = stem(word)
	}
	return strings.Join(all, " ")
}

// stem is the word's English stem, or its Dutch one where English leaves it as it
// is. A query does not tell its language, and both together cut off too much:
// "gardening" would be "gard", and find a "garderobe".
func stem(word string) string {
	for _, language := range []func(*snowballstem.Env) bool{english.Stem, dutch.Stem} {
		env := snowballstem.NewEnv(word)
		language(env)
		if short := env.Current(); short != word && short != "" {
			return short
		}
	}
	return word
}

// synonyms says for all in each set what else means the same, in the forms in
// which words are looked for.
func synonyms(sets [][]string) map[string][]string {
	same := map[string][]string{}
	for _, set := range sets {
		for _, text := range set {
			for _, other := range set {
				words, to := jobs.Words(text), stems(jobs.Words(other))
				for _, from := range []string{stems(words), wanted(words)} {
					if from != "" && to != "" && stems(words) != to && !slices.Contains(same[from], to) {
						same[from] = append(same[from], to)
					}
				}
			}
		}
	}
	return same
}
