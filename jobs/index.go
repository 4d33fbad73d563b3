package jobs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// ErrNoCooperative means that a search names no cooperative.
var ErrNoCooperative = errors.New("jobs: a search needs a cooperative")

// Index finds open gigs by words, skill, place and date. It only finds: what a
// page shows, and whether somebody may see it, comes from Postgres, so an index
// that lags or is lost does no harm.
type Index interface {
	// Put adds the documents, each in place of an earlier one of its gig. What
	// it has put, the next search finds.
	Put(ctx context.Context, docs []Document) error

	// Remove takes the gigs out. A gig that is not there is no error.
	Remove(ctx context.Context, gigs []GigID) error

	// Search gives one page of the gigs that fit. It returns ErrNoCooperative.
	Search(ctx context.Context, q Query) (Hits, error)

	// Replace makes these the only documents; searches go on meanwhile.
	Replace(ctx context.Context, docs []Document) error

	// Filled reports whether a Replace has finished. One that has not is new, or
	// was cut short, and needs RebuildIndex.
	Filled(ctx context.Context) (bool, error)
}

// Document is what the index knows of an open gig with a free seat on a shift to
// come. It has no field for a person, a client's name or an address.
type Document struct {
	Gig           GigID
	Cooperative   id.Cooperative
	Title         string
	Description   string
	Language      members.Locale // of title and description
	Skills        []members.Skill
	PlaceName     string
	Place         members.Point
	ClientKind    members.ClientKind
	Rate          payments.Cents
	Load          Load
	SupportOnSite bool
	WithOthers    bool
	First         time.Time // start of the first such shift
}

// Labels are the words of the gig's skills in both languages.
func (d Document) Labels() []string {
	var all []string
	for _, s := range d.Skills {
		all = append(append(all, s.NL, s.EN), s.Synonyms...)
	}
	return all
}

// SkillCodes are the codes of the gig's skills.
func (d Document) SkillCodes() []string {
	codes := make([]string, len(d.Skills))
	for i, s := range d.Skills {
		codes[i] = s.Code
	}
	return codes
}

// Query says which gigs are wanted. What is left out does not limit.
type Query struct {
	Cooperative id.Cooperative // always needed
	Text        string         // every word of it, in Dutch or English; the last may be unfinished
	Skills      []string       // codes: at least one of them
	Load        Load
	Near        members.Point
	Metres      int       // from Near; 0 is everywhere
	From, Until time.Time // the first shift starts at From or later, and before Until
	Page        int       // from 1
	Size        int       // gigs a page, PageSize when 0
}

// Hits is one page of gigs, the best match first and among equals the soonest,
// and how many gigs fit in all.
type Hits struct {
	Gigs  []GigID
	Total int
}

// The bounds of a search.
const (
	MostWords   = 10
	LongestWord = 40 // letters; the rest is dropped
	MostFound   = 10_000
	mostOnPage  = 100
)

// Tidy puts page and size within their bounds. It returns ErrNoCooperative.
func (q Query) Tidy() (Query, error) {
	if q.Cooperative.IsZero() {
		return q, ErrNoCooperative
	}
	if q.Size <= 0 {
		q.Size = PageSize
	}
	q.Size = min(q.Size, mostOnPage)
	q.Page = min(max(1, q.Page), MostFound/q.Size)
	return q, nil
}

// Words are the words to look for: without the small ones that say nothing, and
// at most MostWords.
func (q Query) Words() []string {
	words := slices.DeleteFunc(Words(q.Text), saysNothing)
	return words[:min(len(words), MostWords)]
}

// Words splits a text into words of lower-case letters and digits without
// accents. It takes any text; signs are spaces.
func Words(text string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(text, " ")))
	words := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		words[i] = firstLetters(word, LongestWord)
	}
	return words
}

func firstLetters(word string, most int) string {
	if letters := []rune(word); len(letters) > most {
		return string(letters[:most])
	}
	return word
}

// saysNothing knows the words that people type around what they look for.
func saysNothing(word string) bool {
	switch word {
	case "de", "het", "een", "en", "of", "in", "op", "bij", "met", "van", "voor", "naar", "aan", "te", "ik", "wil", "zoek",
		"the", "a", "an", "and", "or", "at", "on", "with", "for", "to", "i", "want":
		return true
	}
	return false
}

// Documents gives what the index should hold of these gigs of the cooperative.
// A gig that is not open, or has no free seat to come, is left out.
func (s *Service) Documents(ctx context.Context, c id.Cooperative, gigs ...GigID) ([]Document, error) {
	return listDocuments(ctx, s.db, c, gigs, s.now())
}

// AllDocuments gives what the index should hold of every cooperative.
func (s *Service) AllDocuments(ctx context.Context) ([]Document, error) {
	return listAllDocuments(ctx, s.db, s.now())
}

// Reindex brings the index in step with these gigs as they are now: call it
// after every change of them, and when their first shift has begun. Doing it
// twice does no harm.
func (s *Service) Reindex(ctx context.Context, index Index, c id.Cooperative, gigs ...GigID) error {
	docs, err := s.Documents(ctx, c, gigs...)
	if err != nil {
		return err
	}
	return inStep(ctx, index, gigs, docs)
}

// inStep puts the documents, and removes those of the gigs that have none.
func inStep(ctx context.Context, index Index, gigs []GigID, docs []Document) error {
	if err := index.Put(ctx, docs); err != nil {
		return err
	}
	return index.Remove(ctx, without(gigs, docs))
}

// without are the gigs that have no document.
func without(gigs []GigID, docs []Document) []GigID {
	return slices.DeleteFunc(slices.Clone(gigs), func(gig GigID) bool {
		return slices.ContainsFunc(docs, func(d Document) bool { return d.Gig == gig })
	})
}

// RebuildIndex fills the index anew from Postgres. A gig that was posted
// meanwhile may have been taken out again, so it is put once more.
func (s *Service) RebuildIndex(ctx context.Context, index Index) error {
	docs, err := s.AllDocuments(ctx)
	if err != nil {
		return err
	}
	if err := index.Replace(ctx, docs); err != nil {
		return err
	}
	now, err := s.AllDocuments(ctx)
	if err != nil {
		return err
	}
	return index.Put(ctx, newIn(now, docs))
}

// newIn are the documents of gigs that had none before.
func newIn(now, before []Document) []Document {
	had := make(map[GigID]bool, len(before))
	for _, d := range before {
		had[d.Gig] = true
	}
	return slices.DeleteFunc(now, func(d Document) bool { return had[d.Gig] })
}
