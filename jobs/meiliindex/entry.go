package meiliindex

import (
	"strconv"
	"strings"

	"meent/jobs"
)

// entry is a document as the server holds it. It is the list of what may leave
// for the server: whatever is not named here does not.
type entry struct {
	ID          string   `json:"id"`
	Cooperative string   `json:"cooperative"`
	Title       string   `json:"title"` // words and stems, as the next three
	Words       string   `json:"words"` // of its skills, and its place
	Text        string   `json:"text"`
	More        string   `json:"more"`
	Skills      []string `json:"skills"`
	Groups      []string `json:"groups"`
	Load        string   `json:"load"`
	Rate        int64    `json:"rate"`
	Pay         []string `json:"pay"` // the choices that it reaches
	Support     bool     `json:"support"`
	Others      bool     `json:"others"`
	Remote      bool     `json:"remote"`
	Away        int      `json:"away"`            // 0 at home, 1 elsewhere: in this order
	Place       string   `json:"place,omitempty"` // not of work at home, like the next
	Geo         *point   `json:"_geo,omitempty"`
	First       int64    `json:"first"` // Unix seconds
	Dates       []string `json:"dates"`
	Moments     []string `json:"moments"`   // a day and a part, see moments.go
	DayParts    []string `json:"day_parts"` // a day and all its parts
	PartDays    []string `json:"part_days"` // a part and all its days
	Digest      string   `json:"digest"`
}

type point struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

func newEntry(d jobs.Document) entry {
	moments := d.WeekParts()
	e := entry{ID: d.Gig.String(), Cooperative: d.Cooperative.String(),
		Title: withStems(d.Title), Text: withStems(d.Description), More: withStems(strings.Join(d.More, " ")),
		Words:  withStems(d.PlaceName + " " + strings.Join(d.Labels(), " ")),
		Skills: d.SkillCodes(), Groups: d.Groups(), Load: string(d.Load), Rate: int64(d.Rate), Support: d.SupportOnSite,
		Others: d.WithOthers, Remote: d.Remote, First: d.First.Unix(), Dates: d.Dates(),
		Moments: momentValues(moments), DayParts: dayParts(moments), PartDays: partDays(moments), Digest: d.Digest()}
	for _, least := range d.PayBands() {
		e.Pay = append(e.Pay, strconv.Itoa(int(least)))
	}
	if !d.Remote {
		e.Away, e.Place, e.Geo = 1, d.PlaceCode, &point{d.Place.Lat, d.Place.Lon}
	}
	return e
}

func newEntries(docs []jobs.Document) []entry {
	all := make([]entry, len(docs))
	for i, d := range docs {
		all[i] = newEntry(d)
	}
	return all
}
