package bleveindex

import (
	"strings"

	"meent/jobs"
	"meent/members"
)

// entry is a document as Bleve reads it.
type entry struct {
	Cooperative string   `json:"cooperative"`
	TitleNL     string   `json:"title_nl"`
	TitleEN     string   `json:"title_en"`
	TextNL      string   `json:"text_nl"`
	TextEN      string   `json:"text_en"`
	Words       string   `json:"words"` // all of them, for beginnings and typos
	Skills      []string `json:"skills"`
	Groups      []string `json:"groups"`
	Load        string   `json:"load"`
	Client      string   `json:"client"`
	Rate        float64  `json:"rate"`
	Support     bool     `json:"support"`
	Others      bool     `json:"others"`
	Place       point    `json:"place"`
	First       float64  `json:"first"` // Unix seconds
	Digest      string   `json:"digest"`
}

type point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

func newEntry(d jobs.Document) entry {
	e := entry{Cooperative: d.Cooperative.String(), Skills: d.SkillCodes(), Groups: d.Groups(), Load: string(d.Load), Client: string(d.ClientKind),
		Rate: float64(d.Rate), Support: d.SupportOnSite, Others: d.WithOthers,
		Place: point{d.Place.Lat, d.Place.Lon}, First: float64(d.First.Unix()), Digest: d.Digest()}
	for _, s := range d.Skills {
		e.TextNL += " " + s.NL + " " + strings.Join(s.Synonyms, " ")
		e.TextEN += " " + s.EN
	}
	if d.Language == members.English {
		e.TitleEN, e.TextEN = d.Title, e.TextEN+" "+d.Description
	} else {
		e.TitleNL, e.TextNL = d.Title, e.TextNL+" "+d.Description
	}
	e.Words = d.Title + " " + d.Description + " " + d.PlaceName + " " + strings.Join(d.Labels(), " ")
	for _, text := range []*string{&e.TitleNL, &e.TitleEN, &e.TextNL, &e.TextEN, &e.Words} {
		*text = strings.Join(jobs.Words(*text), " ")
	}
	return e
}
