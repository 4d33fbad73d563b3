package members

import (
	"context"
	"strings"

	"meent/internal/check"
)

// OwnName is how the member is called.
type OwnName struct{ Name string }

// Question is what it answers.
func (OwnName) Question() Question { return NameQuestion }

func (n OwnName) problems() (p check.Problems) {
	p.Text("name", strings.TrimSpace(n.Name), 1, 80)
	return p
}

func (n OwnName) storeTx(ctx context.Context, t answering) error {
	return updatePersonName(ctx, t.tx, t.by.Person, strings.TrimSpace(n.Name))
}

// Journey is where the member lives, and how and how far they go to work.
type Journey struct {
	Place       string // the name of a place, or its code
	ReachMetres int
	Travel      Travel
}

// Question is what it answers.
func (Journey) Question() Question { return TravelQuestion }

func (j Journey) problems() (p check.Problems) {
	p.Text("place", strings.TrimSpace(j.Place), 1, 80)
	p.Between("reach", j.ReachMetres, MinReach, MaxReach)
	check.OneOf(&p, "travel", j.Travel, Travels()...)
	return p
}

func (j Journey) storeTx(ctx context.Context, t answering) error {
	code, err := findPlaceTx(ctx, t.tx, strings.TrimSpace(j.Place))
	if err != nil {
		return err
	}
	if code == "" {
		return check.Problems{{Field: "place", Rule: "unknown_place"}}
	}
	return updateJourney(ctx, t.tx, t.by, code, j)
}

// Load is how much the member can bear, from 1, very little, to 5, much.
type Load struct{ Physical, Sensory, Mental int }

// Question is what it answers.
func (Load) Question() Question { return LoadQuestion }

func (l Load) problems() (p check.Problems) {
	p.Between("physical", l.Physical, 1, 5)
	p.Between("sensory", l.Sensory, 1, 5)
	p.Between("mental", l.Mental, 1, 5)
	return p
}

func (l Load) storeTx(ctx context.Context, t answering) error {
	return setProfile(ctx, t.tx, t.by, "physical, sensory, mental", l.Physical, l.Sensory, l.Mental)
}

// Support is how often somebody should be near.
type Support string

// The kinds of support, from the least.
const (
	NoSupport        Support = "none"
	SometimesSupport Support = "sometimes"
	StartSupport     Support = "start"
	AlwaysSupport    Support = "always"
)

// Supports lists them.
func Supports() []Support {
	return []Support{NoSupport, SometimesSupport, StartSupport, AlwaysSupport}
}

// Question is what it answers.
func (Support) Question() Question { return SupportQuestion }

func (s Support) problems() (p check.Problems) {
	check.OneOf(&p, "support", s, Supports()...)
	return p
}

func (s Support) storeTx(ctx context.Context, t answering) error {
	return setProfile(ctx, t.tx, t.by, "support", string(s))
}

// Question is what it answers.
func (Week) Question() Question { return WeekQuestion }

func (w Week) problems() (p check.Problems) {
	if w.Quarters() == 0 {
		p.Add("week", "no_times", nil)
	}
	return p
}

func (w Week) storeTx(ctx context.Context, t answering) error {
	return setProfile(ctx, t.tx, t.by, "week", w[:])
}

// Hours is how much the member wants to work in a week.
type Hours struct{ Wanted, Most int }

// MostHours is the longest week of work.
const MostHours = 40

// Question is what it answers.
func (Hours) Question() Question { return HoursQuestion }

func (h Hours) problems() (p check.Problems) {
	p.Between("wanted", h.Wanted, 1, MostHours)
	p.Between("most", h.Most, 1, MostHours)
	if len(p) == 0 && h.Most < h.Wanted {
		p.Add("most", "below_wanted", map[string]any{"Min": h.Wanted})
	}
	return p
}

func (h Hours) storeTx(ctx context.Context, t answering) error {
	return setProfile(ctx, t.tx, t.by, "hours_wanted, hours_most", h.Wanted, h.Most)
}

// Room is what the member wants to earn in a month at the most: their own
// figure, which they may keep to themselves.
type Room struct {
	Cents    int
	Withheld bool // then Cents is 0
}

// MostRoom is the highest figure, in cents.
const MostRoom = 1_000_000

// Question is what it answers.
func (Room) Question() Question { return RoomQuestion }

func (r Room) problems() (p check.Problems) {
	if r.Cents < 0 || r.Cents > MostRoom || r.Withheld && r.Cents != 0 {
		p.Add("room", "too_much_month", map[string]any{"Cents": int64(MostRoom)})
	}
	return p
}

func (r Room) storeTx(ctx context.Context, t answering) error {
	if r.Withheld {
		return setProfile(ctx, t.tx, t.by, "room_cents, room_withheld", nil, true)
	}
	return setProfile(ctx, t.tx, t.by, "room_cents, room_withheld", r.Cents, false)
}

// LanguageLevel is how well the member speaks on the work floor.
type LanguageLevel string

// LanguageLevels lists the levels, from the least.
func LanguageLevels() []LanguageLevel { return []LanguageLevel{"none", "little", "enough", "well"} }

// Languages is what the member speaks at work. Only these two: which others
// somebody speaks says where they come from, and nothing here may.
type Languages struct{ Dutch, English LanguageLevel }

// Question is what it answers.
func (Languages) Question() Question { return LanguagesQuestion }

func (l Languages) problems() (p check.Problems) {
	check.OneOf(&p, "dutch", l.Dutch, LanguageLevels()...)
	check.OneOf(&p, "english", l.English, LanguageLevels()...)
	return p
}

func (l Languages) storeTx(ctx context.Context, t answering) error {
	return setProfile(ctx, t.tx, t.by, "dutch, english", string(l.Dutch), string(l.English))
}
