package bleveindex

import (
	"slices"
	"time"

	"meent/jobs"
)

// moments are days of the week and parts of them, a bit for each pair.
type moments uint32

const (
	daysAWeek = 7
	partsADay = 4
	anyMoment = moments(1<<(daysAWeek*partsADay) - 1)
)

func momentsOf(list []jobs.WeekPart) (all moments) {
	for _, m := range list {
		all |= onDay(m.Day) & inPart(m.Part)
	}
	return all
}

// onDay is every part of the day; no bit for what is no day.
func onDay(day time.Weekday) moments {
	if day < 0 || day >= daysAWeek {
		return 0
	}
	return (1<<partsADay - 1) << (partsADay * moments(day))
}

// inPart is that part of every day; no bit for what is no part.
func inPart(part jobs.DayPart) (all moments) {
	i := slices.Index(jobs.DayParts(), part)
	if i < 0 {
		return 0
	}
	for day := range daysAWeek {
		all |= 1 << (day*partsADay + i)
	}
	return all
}

// onDays is one of the days, or any when none is named.
func onDays(days []time.Weekday) moments { return oneOf(days, onDay) }

// inParts is one of the parts, or any when none is named.
func inParts(parts []jobs.DayPart) moments { return oneOf(parts, inPart) }

func oneOf[T any](choices []T, of func(T) moments) (all moments) {
	if len(choices) == 0 {
		return anyMoment
	}
	for _, choice := range choices {
		all |= of(choice)
	}
	return all
}
