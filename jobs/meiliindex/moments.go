package meiliindex

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"meent/jobs"
)

// When a gig begins is held in three ways. As moments, "1-morning", it is found.
// To be counted it is held by day with all its parts, "1:3", and by part with
// all its days, "morning:2", as bits: a gig has one such value of a day, so that
// adding up those that hold a wanted part counts no gig twice.

func momentValue(day time.Weekday, part jobs.DayPart) string {
	return strconv.Itoa(int(day)) + "-" + string(part)
}

func momentValues(all []jobs.WeekPart) []string {
	values := make([]string, len(all))
	for i, m := range all {
		values[i] = momentValue(m.Day, m.Part)
	}
	return values
}

// wantedMoments are those of which one is enough; none when any will do.
func wantedMoments(days []time.Weekday, parts []jobs.DayPart) (values []string) {
	if len(days)+len(parts) == 0 {
		return nil
	}
	for _, day := range orAll(days, jobs.Weekdays) {
		for _, part := range orAll(parts, jobs.DayParts) {
			values = append(values, momentValue(day, part))
		}
	}
	return values
}

func orAll[T any](some []T, all func() []T) []T {
	if len(some) == 0 {
		return all()
	}
	return some
}

// bits is a set of days or of parts.
type bits int

func dayBits(days []time.Weekday) (set bits) {
	for _, day := range days {
		if slices.Contains(jobs.Weekdays(), day) {
			set |= 1 << day
		}
	}
	return set
}

func partBits(parts []jobs.DayPart) (set bits) {
	for _, part := range parts {
		if i := slices.Index(jobs.DayParts(), part); i >= 0 {
			set |= 1 << i
		}
	}
	return set
}

func dayParts(all []jobs.WeekPart) []string {
	parts := map[string]bits{}
	for _, m := range all {
		parts[strconv.Itoa(int(m.Day))] |= partBits([]jobs.DayPart{m.Part})
	}
	return values(parts)
}

func partDays(all []jobs.WeekPart) []string {
	days := map[string]bits{}
	for _, m := range all {
		days[string(m.Part)] |= dayBits([]time.Weekday{m.Day})
	}
	return values(days)
}

func values(sets map[string]bits) (all []string) {
	for name, set := range sets {
		all = append(all, name+":"+strconv.Itoa(int(set)))
	}
	slices.Sort(all)
	return all
}

// addUp counts by name the values that hold one of the wanted.
func addUp(counted map[string]int, wanted bits) (map[string]int, error) {
	sums := map[string]int{}
	for value, n := range counted {
		name, number, _ := strings.Cut(value, ":")
		set, err := strconv.Atoi(number)
		if err != nil {
			return nil, errOdd
		}
		if bits(set)&wanted != 0 {
			sums[name] += n
		}
	}
	return sums, nil
}
