package engine

import (
	"time"

	"meent/members"
)

// sought is what is computed of a piece of work once, for all who are looked at.
type sought struct {
	*Work
	span
	at       vector
	asks     uint32
	ranks    [rankKinds]int
	wants    []want
	required int // of those
	want     int // the sum of the levels
	time     timetable
	night    bool
	alone    Rules // of working time, that it breaks beside no other work
	takes    int64 // microseconds of work

	local         time.Time // when it begins, by the clocks here
	month, monday span      // from the first of its month, and from the Monday of its week
}

// want is a skill that is asked, and from which level it counts.
type want struct {
	number   uint16
	least    uint8
	required bool
}

// What the levels are called in members.SkillLevels.
const (
	learning = 1
	can      = 2
)

func soughtOf(w *Work) *sought {
	s := &sought{
		Work: w, span: spanOf(w.Starts, w.Ends), at: vectorOf(w.Place), asks: w.asks(), wants: make([]want, len(w.Asked)), time: timetableOf(w.Starts, w.Ends),
		ranks: [rankKinds]int{w.Loads[0], w.Loads[1], w.Loads[2], int(w.Dutch), int(w.Step)}, takes: (w.Ends.Sub(w.Starts) - w.Break).Microseconds(),
		local: w.Starts.In(members.Amsterdam()), night: atNight(w.Starts, w.Ends),
	}
	for i, a := range w.Asked {
		s.wants[i] = want{a.Number, leastOf(a.Level, a.Required), a.Required}
		s.want += int(a.Level)
		if a.Required {
			s.required++
		}
	}
	first := 1 - s.local.Day()
	s.month = spanOf(date(s.local, 0, first), date(s.local, 1, first))
	monday := -weekday(s.local)
	s.monday = spanOf(date(s.local, 0, monday), date(s.local, 0, monday+7))
	s.alone = s.worktime(nil)
	return s
}

// leastOf is from which level a skill counts that is asked.
func leastOf(level uint8, required bool) uint8 {
	if !required && level <= can { // somebody may learn at work
		return 1
	}
	return max(1, level)
}

// skilled says whether somebody can do the work, and has a seat there. have is how
// they hold each skill that is wanted; 0: not.
func (s *sought) skilled(have []holder) (broken Rules) {
	counts, missing, any, learns := 0, false, false, true
	for i := range s.wants {
		level := have[i].level()
		if level >= s.wants[i].least {
			counts++
		} else if s.wants[i].required {
			missing = true
		}
		if level > 0 {
			any, learns = true, learns && level == learning
		}
	}
	if missing || s.required == 0 && len(s.wants) > 0 && counts == 0 {
		broken = broken.With(SkillRule)
	}
	seats := s.Free
	if s.Buddies && any && learns {
		seats = s.BuddyFree
	}
	if !s.Open || seats <= 0 {
		broken = broken.With(SeatRule)
	}
	return broken
}

// full reports that nobody at all can have a seat.
func (s *sought) full() bool { return !s.Open || s.Free <= 0 && !(s.Buddies && s.BuddyFree > 0) }
