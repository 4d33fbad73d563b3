package jobs

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// SearchID identifies a saved search.
type SearchID = id.Of[Saved]

// Saved is what a member looks for among the open gigs, kept to look again and to
// be told of news.
type Saved struct {
	ID    SearchID
	Wish  Wish // without Only and Page
	CanDo bool // only what the member can do
	At    time.Time
	Gone  bool // cannot be read any more
}

// Searches are all of one member.
type Searches struct {
	List []Saved // the oldest first
	Mail bool    // the member is told of news
}

// Find is the one that looks for the same, if there is one.
func (s Searches) Find(other Saved) (Saved, bool) {
	mark := other.tidy().mark()
	i := slices.IndexFunc(s.List, func(one Saved) bool { return !one.Gone && one.tidy().mark() == mark })
	if i < 0 {
		return Saved{}, false
	}
	return s.List[i], true
}

// The most of saved searches.
const (
	MostSearches   = 10
	MostSearchText = 100 // characters
	mostGroups     = 40
)

// ErrManySearches means that the member has MostSearches of them.
var ErrManySearches = errors.New("jobs: too many saved searches")

// tidy leaves one way to say it.
func (s Saved) tidy() Saved {
	w := &s.Wish
	w.Text, w.Only, w.Page = readable(w.Text), nil, 0
	w.Groups, w.Loads, w.Days, w.Parts = once(w.Groups), once(w.Loads), once(w.Days), once(w.Parts)
	return s
}

// readable is text of which nothing is left that nobody can see.
func readable(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, " "), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func once[T ~string | ~int](list []T) []T {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func (s Saved) problems() (p check.Problems) {
	w := s.Wish
	p.Text("q", w.Text, 0, MostSearchText)
	if w.Metres != 0 {
		p.Between("km", w.Metres, members.MinReach, members.MaxReach)
	}
	p.Between("kind", len(w.Groups), 0, mostGroups)
	for field, known := range map[string]bool{
		"kind": !slices.ContainsFunc(w.Groups, func(code string) bool { return code == "" || len(code) > LongestWord }),
		"load": allOf(w.Loads, Loads()),
		"day":  allOf(w.Days, Weekdays()),
		"part": allOf(w.Parts, DayParts()),
		"pay":  w.LeastPay == 0 || slices.Contains(PayChoices(), w.LeastPay),
		"sort": slices.Contains(Sorts(), w.Sort),
	} {
		if !known {
			p.Add(field, "not_a_choice", nil)
		}
	}
	return p
}

func allOf[T comparable](chosen, choices []T) bool {
	return !slices.ContainsFunc(chosen, func(one T) bool { return !slices.Contains(choices, one) })
}

// keptWish is a wish as it is sealed.
type keptWish struct {
	Text     string         `json:"text,omitempty"`
	Groups   []string       `json:"kinds,omitempty"`
	Loads    []Load         `json:"loads,omitempty"`
	Days     []time.Weekday `json:"days,omitempty"`
	Parts    []DayPart      `json:"parts,omitempty"`
	LeastPay payments.Cents `json:"least_pay_cents,omitempty"`
	Support  bool           `json:"support,omitempty"`
	Others   bool           `json:"others,omitempty"`
	Metres   int            `json:"metres,omitempty"`
	CanDo    bool           `json:"can_do"`
	Sort     Sort           `json:"sort,omitempty"`
}

// kept writes it down.
func (s Saved) kept() string {
	w := s.Wish
	text, err := json.Marshal(keptWish{w.Text, w.Groups, w.Loads, w.Days, w.Parts, w.LeastPay, w.Support, w.Others, w.Metres, s.CanDo, w.Sort})
	if err != nil {
		return "" // cannot be: every field can be written
	}
	return string(text)
}

// mark is the same for wishes that find the same: the order and small words aside.
func (s Saved) mark() string {
	s.Wish.Text, s.Wish.Sort = strings.Join(s.Wish.words(), " "), Best
	return s.kept()
}

// read fills in what kept wrote.
func (s *Saved) read(kept string) error {
	var k keptWish
	if err := json.Unmarshal([]byte(kept), &k); err != nil {
		return err
	}
	s.CanDo = k.CanDo
	s.Wish = Wish{Text: k.Text, Groups: k.Groups, Loads: k.Loads, Days: k.Days, Parts: k.Parts, LeastPay: k.LeastPay,
		Support: k.Support, Others: k.Others, Metres: k.Metres, Sort: k.Sort}
	return nil
}

// What the wish and its mark are bound to, beside the person.
func wishColumn(s SearchID) string { return "saved_search.wish@" + s.String() }
func markColumn(by members.Actor) string {
	return "saved_search.mark@" + by.Cooperative.String()
}
