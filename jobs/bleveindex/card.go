package bleveindex

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"meent/jobs"
	"meent/members"
)

// card is what is asked of a gig besides words, small enough to keep for all.
type card struct {
	gig                     jobs.GigID
	first                   int64 // Unix microseconds
	rate                    int64
	moments                 moments
	place, load             int // numbers of names
	groups                  []int
	dates                   []int64 // days since 1970
	support, others, remote bool
}

// place is where gigs are: there are far fewer of them than gigs, so that
// a search measures each distance once. Bleve's own search by distance took
// more time than all else together.
type place struct {
	code string
	at   members.Point
}

var errCard = errors.New("bleveindex: a card cannot be read")

// encodeCard writes the card as it is stored. What it says is also the order in
// which decode reads.
func encodeCard(d jobs.Document) string {
	var b []byte
	for _, n := range []int64{d.First.UnixMicro(), int64(d.Rate), int64(momentsOf(d.WeekParts())), flag(d.SupportOnSite), flag(d.WithOthers), flag(d.Remote),
		int64(math.Float64bits(d.Place.Lat)), int64(math.Float64bits(d.Place.Lon))} {
		b = binary.AppendVarint(b, n)
	}
	b = appendText(appendText(b, d.PlaceCode), string(d.Load))
	b = binary.AppendVarint(b, int64(len(d.Groups())))
	for _, group := range d.Groups() {
		b = appendText(b, group)
	}
	for _, day := range d.Dates() {
		if n, ok := dayNumber(day); ok {
			b = binary.AppendVarint(b, n)
		}
	}
	return string(b)
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendVarint(b, int64(len(text))), text...)
}

func flag(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

// dayNumber counts from 1970 until a day like 2006-01-02.
func dayNumber(day string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, day)
	return t.Unix() / (24 * 60 * 60), err == nil
}

// decodeCard also gives numbers to names that are new.
func decodeCard(gig jobs.GigID, stored []byte, n *names) (card, error) {
	r := reader{rest: stored}
	c := card{gig: gig, first: r.number(), rate: r.number(), moments: moments(r.number()),
		support: r.number() == 1, others: r.number() == 1, remote: r.number() == 1}
	at := members.Point{Lat: math.Float64frombits(uint64(r.number())), Lon: math.Float64frombits(uint64(r.number()))}
	c.place = n.places.number(place{r.text(), at})
	c.load = n.codes.number(r.text())
	for range r.number() {
		c.groups = append(c.groups, n.codes.number(r.text()))
	}
	for len(r.rest) > 0 && !r.bad {
		c.dates = append(c.dates, r.number())
	}
	if r.bad {
		return c, errCard
	}
	return c, nil
}

// reader takes a stored card apart. After something bad it gives zeros.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) number() int64 {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *reader) text() string {
	size := r.number()
	if size < 0 || size > int64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return ""
	}
	text := string(r.rest[:size])
	r.rest = r.rest[size:]
	return text
}
