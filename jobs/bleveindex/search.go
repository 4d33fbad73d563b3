package bleveindex

import (
	"context"
	"errors"

	"github.com/RoaringBitmap/roaring/v2"

	"meent/jobs"
)

// Search gives one page of the gigs that fit.
func (x *Index) Search(ctx context.Context, q jobs.Query) (jobs.Hits, error) {
	q, err := q.Tidy()
	if err != nil {
		return jobs.Hits{}, err
	}
	v, err := x.view(q.Cooperative)
	if err != nil {
		return jobs.Hits{}, err
	}
	defer v.close()
	s := search{wanted: newWanted(q, &x.parts.names), best: best{most: q.Page * q.Size}}
	if q.Count {
		s.counts = newCounts(&x.parts.names)
	}
	if err := s.over(ctx, v, x.matches(v, q)); err != nil {
		return jobs.Hits{}, err
	}
	return s.hits(&x.parts.names), nil
}

// matches are those of each word, in each piece.
func (x *Index) matches(v *view, q jobs.Query) (all [][]match) {
	split := func(typed string) word { return newWord(x.bleve, typed) }
	for _, w := range newWords(x.bleve, q.Words()) {
		all = append(all, v.matches(w, split))
	}
	return all
}

// search is one that goes on.
type search struct {
	wanted *wanted
	counts *counts // nil when nobody asked
	best   best
	total  int
}

// over goes through all pieces.
func (s *search) over(ctx context.Context, v *view, words [][]match) error {
	for i, p := range v.pieces {
		matches := make([]match, len(words))
		for j, pieces := range words {
			matches[j] = pieces[i]
		}
		s.through(p, p.among(s.wanted.Skills, matches), matches)
	}
	return errors.Join(v.err(), ctx.Err())
}

// through looks at the cards of these gigs.
func (s *search) through(p *piece, gigs *roaring.Bitmap, matches []match) {
	scores := s.scores(p, gigs, matches)
	numbers := make([]uint32, 256)
	for each := gigs.ManyIterator(); ; {
		some := each.NextMany(numbers)
		if some == 0 {
			return
		}
		for _, number := range numbers[:some] {
			score := 0
			if scores != nil {
				score = scores[number]
			}
			s.look(&p.cards[number], score)
		}
	}
}

func (s *search) look(c *card, score int) {
	if s.wanted.never(c) {
		return
	}
	fails := s.wanted.fails(c)
	if fails&(fails-1) != 0 {
		return // under two facets
	}
	if s.counts != nil {
		s.counts.add(c, fails, s.wanted)
	}
	if fails == 0 {
		s.total++
		s.best.add(hit{s.wanted.rank(c, score), c})
	}
}

// among are the gigs of the cooperative with the skills and all the words.
func (p *piece) among(codes []string, matches []match) *roaring.Bitmap {
	gigs := p.here
	if len(codes) > 0 {
		gigs = roaring.And(gigs, p.with(skills, codes...))
	}
	for _, m := range matches {
		gigs = roaring.And(gigs, m.any)
	}
	return gigs
}

// scores are what the gigs are worth, by number; nil where the order does not
// depend on it.
func (s *search) scores(p *piece, gigs *roaring.Bitmap, matches []match) []int {
	if s.wanted.Sort != jobs.Best || len(matches) == 0 || gigs.IsEmpty() {
		return nil
	}
	scores := make([]int, len(p.cards))
	for _, m := range matches {
		for _, w := range m.ways {
			each := roaring.And(gigs, w.gigs).Iterator()
			for each.HasNext() {
				scores[each.Next()] += w.worth
			}
		}
	}
	return scores
}

func (s *search) hits(n *names) jobs.Hits {
	hits := jobs.Hits{Gigs: s.best.page(s.wanted.Size), Total: s.total}
	if s.counts != nil {
		hits.Counts = s.counts.named(n)
	}
	return hits
}
