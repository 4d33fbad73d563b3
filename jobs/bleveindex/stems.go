package bleveindex

import (
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
)

// mostStems is how many a stemmer remembers: finding them is the slowest part of
// reading a text, and texts use the same words again and again.
const mostStems = 50_000

// stemmer takes words of one language to their stems. It is safe for use by many
// at once.
type stemmer struct {
	find  func(*snowballstem.Env) bool
	mu    sync.Mutex
	known map[string]string
}

type languages struct{ nl, en stemmer }

func newLanguages() *languages {
	return &languages{nl: stemmer{find: dutch.Stem}, en: stemmer{find: english.Stem}}
}

// stems are those of the words, which jobs.Words has split and folded.
func (s *stemmer) stems(words []string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = s.stem(word)
	}
	return all
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
