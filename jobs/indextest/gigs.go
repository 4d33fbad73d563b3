package indextest

import (
	"encoding/binary"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// Cooperative is the n-th of the test's cooperatives, from 1.
func Cooperative(n byte) id.Cooperative { return id.Cooperative{6: 0x40, 8: 0x80, 15: n} }

// GigID is the id of the n-th gig, from 1.
func GigID(n int) jobs.GigID {
	gig := jobs.GigID{6: 0x40, 8: 0x80}
	binary.BigEndian.PutUint32(gig[12:], uint32(n))
	return gig
}

// Morning is when the first shift of the first gig starts.
func Morning() time.Time { return time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC) }

// gig is the n-th gig, n hours after Morning, with a plain Dutch text.
func gig(n int, title string, change ...func(*jobs.Document)) jobs.Document {
	d := jobs.Document{
		Gig: GigID(n), Cooperative: Cooperative(1), Title: title, Description: "Alles staat klaar.", Language: members.Dutch,
		PlaceCode: "arnhem", PlaceName: "Arnhem", Place: arnhem(), ClientKind: members.Organisation, Rate: 1600, Load: jobs.Light,
		First: Morning().Add(time.Duration(n-1) * time.Hour),
	}
	for _, c := range change {
		c(&d)
	}
	return d
}

func arnhem() members.Point   { return members.Point{Lat: 51.98, Lon: 5.91} }
func nijmegen() members.Point { return members.Point{Lat: 51.84, Lon: 5.86} } // 16 km on

func of(c byte) func(*jobs.Document) {
	return func(d *jobs.Document) { d.Cooperative = Cooperative(c) }
}

func inNijmegen(d *jobs.Document) {
	d.PlaceCode, d.PlaceName, d.Place = "nijmegen", "Nijmegen", nijmegen()
}

func inEnglish(description string) func(*jobs.Document) {
	return func(d *jobs.Document) { d.Language, d.Description = members.English, description }
}

func load(l jobs.Load) func(*jobs.Document) { return func(d *jobs.Document) { d.Load = l } }

func pay(rate payments.Cents) func(*jobs.Document) {
	return func(d *jobs.Document) { d.Rate = rate }
}

func skill(code, nl, en string, synonyms ...string) func(*jobs.Document) {
	return func(d *jobs.Document) {
		d.Skills = append(d.Skills, members.Skill{Code: code, NL: nl, EN: en, Synonyms: synonyms})
	}
}

// town is six gigs of one cooperative.
func town() []jobs.Document {
	return []jobs.Document{
		gig(1, "Ramen lappen", skill("window-cleaning", "Ramen lappen", "Window cleaning", "glazenwassen", "zemen")),
		gig(2, "Stofzuigen in het café", inNijmegen, skill("vacuuming", "Stofzuigen", "Vacuuming", "stofzuiger")),
		gig(3, "Honden uitlaten", load(jobs.Middle), skill("dog-walking", "Hond uitlaten", "Dog walking")),
		gig(4, "Garden work", inEnglish("You rake leaves and cut hedges."), load(jobs.Heavy), skill("gardening", "Tuinieren", "Gardening", "hovenier")),
		gig(5, "Boodschap doen", inNijmegen, skill("shopping", "Boodschappen", "Shopping")),
		gig(6, "Schuur opruimen", load(jobs.Heavy)),
	}
}
