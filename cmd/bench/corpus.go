package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

const (
	vocabularySize = 20_000
	describedBy    = 40 // words, besides what a template says
)

// corpus writes gigs that look like real ones, always the same.
type corpus struct {
	random    *rand.Rand
	ids       *rand.ChaCha8
	skills    []members.Skill
	places    []members.Place
	templates []jobs.Template
	words     []string            // the most frequent first
	inside    map[string][]string // the two words of a long one
	often     *rand.Zipf
	docs      []jobs.Document
}

func newCorpus(n int) (c *corpus, err error) {
	c = &corpus{random: rand.New(rand.NewPCG(1, 2)), ids: rand.NewChaCha8([32]byte{1}), inside: map[string][]string{}}
	if c.skills, err = members.Skills(); err != nil {
		return nil, err
	}
	if c.places, err = members.Places(); err != nil {
		return nil, err
	}
	if c.templates, err = jobs.Templates(); err != nil {
		return nil, err
	}
	c.learn()
	c.often = rand.NewZipf(c.random, 1.1, 8, uint64(len(c.words)-1))
	one := id.NewCooperative(c.ids)
	for range n {
		c.docs = append(c.docs, c.gig(one))
	}
	return c, nil
}

// learn takes the words of the program's own texts, and makes long ones of them.
func (c *corpus) learn() {
	had := map[string]bool{}
	add := func(word string) {
		if len(word) > 2 && !had[word] {
			had[word] = true
			c.words = append(c.words, word)
		}
	}
	for _, t := range c.templates {
		for _, word := range jobs.Words(t.TitleNL + " " + t.DescriptionNL) {
			add(word)
		}
	}
	for _, s := range c.skills {
		for _, word := range jobs.Words(s.NL + " " + strings.Join(s.Synonyms, " ")) {
			add(word)
		}
	}
	for short := slices.Clone(c.words); len(c.words) < vocabularySize; {
		two := []string{short[c.random.IntN(len(short))], short[c.random.IntN(len(short))]}
		add(strings.Join(two, ""))
		c.inside[strings.Join(two, "")] = two
	}
	c.random.Shuffle(len(c.words), func(i, j int) { c.words[i], c.words[j] = c.words[j], c.words[i] })
}

func (c *corpus) gig(of id.Cooperative) jobs.Document {
	t, at := pick(c.random, c.templates), pick(c.random, c.places)
	d := jobs.Document{Gig: id.New[jobs.Gig](c.ids), Cooperative: of, Language: members.Dutch, Title: t.TitleNL + " " + c.word(),
		PlaceCode: at.Code, PlaceName: at.Name, Place: members.Point{Lat: at.Lat, Lon: at.Lon}, Remote: c.random.IntN(50) == 0,
		ClientKind: members.Organisation, Rate: payments.Cents(1500 + 50*c.random.IntN(21)), Load: t.Load, SupportOnSite: c.random.IntN(2) == 0, WithOthers: c.random.IntN(3) == 0}
	for _, s := range c.skills {
		if slices.Contains(t.Skills, s.Code) {
			d.Skills = append(d.Skills, s)
		}
	}
	d.Skills = append(d.Skills, pick(c.random, c.skills))
	d.Description = t.DescriptionNL + " " + c.sentence(&d.More)
	d.Starts = c.starts()
	d.First = d.Starts[0]
	return d
}

// sentence also gives the words inside the long ones.
func (c *corpus) sentence(more *[]string) string {
	list := make([]string, describedBy)
	for i := range list {
		list[i] = c.word()
		*more = append(*more, c.inside[list[i]]...)
	}
	return strings.Join(list, " ") + "."
}

func (c *corpus) starts() (list []time.Time) {
	first := time.Date(2026, 12, 1, 7, 0, 0, 0, time.UTC).Add(time.Duration(c.random.IntN(60*24*2)) * 30 * time.Minute)
	for i := range 1 + c.random.IntN(4) {
		list = append(list, first.Add(time.Duration(i)*7*24*time.Hour))
	}
	return list
}

func (c *corpus) word() string { return c.words[c.often.Uint64()] }

func pick[T any](random *rand.Rand, all []T) T { return all[random.IntN(len(all))] }
