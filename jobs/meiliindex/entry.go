package meiliindex

import (
	"cmp"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"

	"meent/jobs"
)

// entry is a document as the server holds it.
type entry struct {
	ID          string   `json:"id"`
	Cooperative string   `json:"cooperative"`
	Title       string   `json:"title"` // words and stems
	Text        string   `json:"text"`  // words and stems
	Skills      []string `json:"skills"`
	Groups      []string `json:"groups"`
	Load        string   `json:"load"`
	Client      string   `json:"client"`
	Rate        int64    `json:"rate"`
	Support     bool     `json:"support"`
	Others      bool     `json:"others"`
	Place       point    `json:"_geo"`
	First       int64    `json:"first"` // Unix seconds
	Stamp       int64    `json:"stamp"` // when it was put, Unix milliseconds
	Digest      string   `json:"digest"`
}

type point struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

func newEntry(d jobs.Document, stamp int64) entry {
	text := d.Description + " " + d.PlaceName + " " + strings.Join(d.Labels(), " ")
	return entry{ID: d.Gig.String(), Cooperative: d.Cooperative.String(), Title: withStems(d.Title), Text: withStems(text),
		Skills: d.SkillCodes(), Groups: d.Groups(), Load: string(d.Load), Client: string(d.ClientKind), Rate: int64(d.Rate),
		Support: d.SupportOnSite, Others: d.WithOthers, Place: point{d.Place.Lat, d.Place.Lon},
		First: d.First.Unix(), Stamp: stamp, Digest: d.Digest()}
}

// withStems is the text's words, each followed by its stem where that differs.
func withStems(text string) string {
	var all []string
	for _, word := range jobs.Words(text) {
		all = append(all, word)
		if s := stem(word); s != word {
			all = append(all, s)
		}
	}
	return strings.Join(all, " ")
}

// stem is the English stem's Dutch stem: one form for both languages, because a
// query does not tell its own.
func stem(word string) string {
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	env = snowballstem.NewEnv(env.Current())
	dutch.Stem(env)
	return cmp.Or(env.Current(), word)
}
