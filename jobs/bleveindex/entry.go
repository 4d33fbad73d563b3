package bleveindex

import (
	"strings"

	"meent/jobs"
	"meent/members"
)

// entry is a document as Bleve reads it.
type entry struct {
	Cooperative string   `json:"cooperative"`
	Skills      []string `json:"skills"`
	TitleNL     string   `json:"title_nl"`
	TitleEN     string   `json:"title_en"`
	TextNL      string   `json:"text_nl"`
	TextEN      string   `json:"text_en"`
	More        string   `json:"more"`
	Title       string   `json:"title"` // as it stands, for beginnings and typos
	Words       string   `json:"words"` // the same of everything
	Card        string   `json:"card"`
}

func newEntry(d jobs.Document) entry {
	e := entry{Cooperative: d.Cooperative.String(), Skills: d.SkillCodes(), Title: d.Title, More: strings.Join(d.More, " ")}
	for _, s := range d.Skills {
		e.TextNL += " " + s.NL + " " + strings.Join(s.Synonyms, " ")
		e.TextEN += " " + s.EN
	}
	if d.Language == members.English {
		e.TitleEN, e.TextEN = d.Title, e.TextEN+" "+d.Description
	} else {
		e.TitleNL, e.TextNL = d.Title, e.TextNL+" "+d.Description
	}
	e.Words = strings.Join(append(d.Labels(), d.Title, d.Description, d.PlaceName, e.More), " ")
	for _, text := range []*string{&e.TitleNL, &e.TitleEN, &e.TextNL, &e.TextEN, &e.More, &e.Title, &e.Words} {
		*text = strings.Join(jobs.Words(*text), " ")
	}
	e.Card = encodeCard(d)
	return e
}
