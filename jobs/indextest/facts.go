package indextest

import (
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

func facts(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	finds(t, x, jobs.Query{Skills: []string{"vacuuming"}}, 2)
	finds(t, x, jobs.Query{Skills: []string{"shopping", "gardening"}}, 4, 5)
	finds(t, x, jobs.Query{Skills: []string{"no-such-skill"}})
	finds(t, x, jobs.Query{Load: jobs.Heavy}, 4, 6)
	finds(t, x, jobs.Query{Load: jobs.Heavy, Skills: []string{"gardening", "shopping"}}, 4)
	finds(t, x, jobs.Query{Load: jobs.Heavy, Text: "opruimen"}, 6)
	finds(t, x, jobs.Query{Load: jobs.Light, Text: "opruimen"})
}

func place(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	finds(t, x, jobs.Query{Near: arnhem(), Metres: 5_000}, 1, 3, 4, 6)
	finds(t, x, jobs.Query{Near: nijmegen(), Metres: 5_000}, 2, 5)
	finds(t, x, jobs.Query{Near: nijmegen(), Metres: 20_000}, 1, 2, 3, 4, 5, 6)
	finds(t, x, jobs.Query{Near: members.Point{Lat: 53.2, Lon: 6.56}, Metres: 50_000})
	finds(t, x, jobs.Query{Near: nijmegen(), Metres: 5_000, Text: "stofzuigen"}, 2)
	finds(t, x, jobs.Query{Near: arnhem(), Metres: 5_000, Text: "stofzuigen"})
}

func dates(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	third := Morning().Add(2 * time.Hour)
	finds(t, x, jobs.Query{From: third}, 3, 4, 5, 6)
	finds(t, x, jobs.Query{From: third.Add(time.Nanosecond)}, 4, 5, 6)
	finds(t, x, jobs.Query{Until: third}, 1, 2)
	finds(t, x, jobs.Query{From: third, Until: third.Add(2 * time.Hour)}, 3, 4)
	finds(t, x, jobs.Query{From: third, Until: third})
	finds(t, x, jobs.Query{From: third, Text: "nijmegen"}, 5)
}
