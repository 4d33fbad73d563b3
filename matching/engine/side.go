package engine

import (
	"cmp"
	"slices"
	"time"

	"meent/members"
)

// side is what few members have. It never changes, so that pages share it.
type side struct {
	exceptions []exception // in the order of days
	rest       *few        // nil: nothing
}

// few is what fewer have.
type few struct {
	waiting []int64 // microseconds
	had     [][16]byte
	passed  [][16]byte
	rails   *Rails // nil: none
}

// few is for who only reads.
func (d *side) few() few {
	if d == nil || d.rest == nil {
		return few{}
	}
	return *d.rest
}

// exception is a day that is not as the week.
type exception struct {
	day   int32 // since 1970
	off   bool
	extra [2]uint64 // quarters
}

func sideOf(m *Member) *side {
	s := &side{exceptionsOf(m.Exceptions), fewOf(m)}
	if len(s.exceptions) == 0 && s.rest == nil {
		return nil
	}
	return s
}

func fewOf(m *Member) *few {
	f := &few{had: sorted(m.Had), passed: sorted(m.PassedOn)}
	for _, until := range m.Waiting {
		f.waiting = append(f.waiting, until.UnixMicro())
	}
	if m.Rails != (Rails{}) {
		own := m.Rails
		f.rails = &own
	}
	if len(f.waiting)+len(f.had)+len(f.passed) == 0 && f.rails == nil {
		return nil
	}
	return f
}

func exceptionsOf(days map[members.Day]members.Exception) (list []exception) {
	if len(days) > 0 {
		list = make([]exception, 0, len(days))
	}
	for day, e := range days {
		at, err := time.Parse(time.DateOnly, string(day))
		if err != nil { // no work is on such a day
			continue
		}
		one := exception{day: dayOf(at), off: e.Off}
		for quarter := range members.DayQuarters {
			if e.Extra[quarter/8]&(1<<(quarter%8)) != 0 {
				one.extra[quarter/64] |= 1 << (quarter % 64)
			}
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b exception) int { return cmp.Compare(a.day, b.day) })
	return list
}

// on may be nil.
func (d *side) on(day int32) *exception {
	if d == nil {
		return nil
	}
	at, ok := slices.BinarySearchFunc(d.exceptions, day, func(e exception, day int32) int { return cmp.Compare(e.day, day) })
	if !ok {
		return nil
	}
	return &d.exceptions[at]
}

// asked reports that they were asked for the shift before, or asked for it.
func (d *side) asked(shift [16]byte) bool {
	return d != nil && d.rest != nil && within(d.rest.had, shift)
}

// calm reports that fewer offers wait than may.
func (d *side) calm(pace int, now moment) bool {
	if d == nil || d.rest == nil {
		return true
	}
	waiting := 0
	for _, until := range d.rest.waiting {
		if until > now.at {
			waiting++
		}
	}
	return waiting < mostWaiting && (pace == 0 || waiting < pace)
}

// mostWaiting is how many offers may wait for somebody, unless they want fewer.
const mostWaiting = 3

func sorted[ID ~[16]byte](list []ID) [][16]byte {
	if len(list) == 0 {
		return nil
	}
	all := make([][16]byte, len(list))
	for i, one := range list {
		all[i] = one
	}
	slices.SortFunc(all, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	return all
}

func within(list [][16]byte, key [16]byte) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := slices.BinarySearchFunc(list, key, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	return ok
}
