package bleveindex

import (
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
)

// mostStems is how many a stemmer remembers: finding them is the slowest part of
// reading a text, and texts use the same words again and again.
const mostStems = 50_000

const shortestBare = 3 // letters of what has a small one

// stemmer takes words of one language to their stems. It is safe for use by many
// at once.
type stemmer struct {
	find  func(*snowballstem.Env) bool
	small func(word string) []string // further forms; may be nil
	mu    sync.Mutex
	known map[string]string
}

type languages struct{ nl, en stemmer }

func newLanguages() *languages {
	return &languages{nl: stemmer{find: dutch.Stem, small: small}, en: stemmer{find: english.Stem}}
}

// stems are those of the words, which jobs.Words has split and folded.
func (s *stemmer) stems(words ...string) (all []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, word := range words {
		all = append(all, s.stem(word))
		if s.small == nil {
			continue
		}
		for _, one := range s.small(word) {
			all = append(all, s.stem(one))
		}
	}
	return all
}

// small takes a Dutch word for a small thing to those of which it may be made:
// "stoeltje" is of "stoel", and "kaartje" of "kaart".
func small(word string) (of []string) {
	word = strings.TrimSuffix(word, "s")
	for _, ending := range []string{"je", "tje", "pje", "etje"} {
		if bare, ok := strings.CutSuffix(word, ending); ok && len(bare) >= shortestBare {
			of = append(of, bare)
		}
	}
	return of
}

func (s *stemmer) stem(word string) string {
	if stem, ok := s.known[word]; ok {
		return stem
	}
	if s.known == nil || len(s.known) >= mostStems {
		s.known = make(map[string]string)
	}
	env := snowballstem.NewEnv(word)
	s.find(env)
	s.known[word] = env.Current()
	return s.known[word]
}
