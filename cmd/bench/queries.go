package main

import (
	"slices"
	"strings"

	"meent/jobs"
)

// queries are of one kind, each about some gig.
type queries struct {
	name  string
	most  float64 // times Postgres that our time may be; 0 is no goal
	open  bool    // it has whole words, and the last may go on
	like  bool    // it has typos: Postgres' eight closest words are others than ours
	list  []jobs.Query
	meant []jobs.GigID // with typos: the gig of each query, whose word was mistyped
}

// queries are so many of each kind.
func (c *corpus) queries(each int) []queries {
	kinds := []struct {
		queries
		of func(jobs.Document) jobs.Query
	}{
		{queries{name: "2 words", most: 2, open: true}, c.twoWords},
		{queries{name: "2 words, 2 facets", most: 2, open: true}, c.filtered},
		{queries{name: "2 words, 2 facets, counts", most: 2, open: true}, c.counted},
		{queries{name: "3-letter beginning", most: 1}, c.beginning},
		{queries{name: "typo", most: 1, like: true}, c.typo},
		{queries{name: "typo, facet, near, counts", most: 1, like: true}, c.all},
		{queries{name: "nothing chosen, counts"}, func(jobs.Document) jobs.Query { return jobs.Query{Count: true} }},
	}
	list := make([]queries, len(kinds))
	for i, k := range kinds {
		list[i] = k.queries
		for range each {
			d := pick(c.random, c.docs)
			q := k.of(d)
			q.Cooperative = d.Cooperative
			list[i].list = append(list[i].list, q)
			if k.like {
				list[i].meant = append(list[i].meant, d.Gig)
			}
		}
	}
	list[len(list)-1].list = list[len(list)-1].list[:max(1, each/20)]
	return list
}

// twoWords are one that many gigs have, and one that is rarer. Both are short: in
// a long one Meent also looks for the two words that it is made of, and Postgres
// does not.
func (c *corpus) twoWords(d jobs.Document) jobs.Query {
	long := func(word string) bool {
		return len(word) < 4 || c.inside[word] != nil || slices.Contains(common(), word)
	}
	all := jobs.Words(d.Title + " " + d.Description)
	rare := slices.DeleteFunc(slices.Clone(all[len(all)-describedBy:]), long)
	often := slices.DeleteFunc(all, long)
	if len(rare) == 0 {
		rare = often
	}
	return jobs.Query{Text: pick(c.random, often) + " " + pick(c.random, rare)}
}

func (c *corpus) filtered(d jobs.Document) jobs.Query {
	q := c.twoWords(d)
	q.Groups, q.Loads = d.Groups()[:1], []jobs.Load{d.Load}
	return q
}

func (c *corpus) counted(d jobs.Document) jobs.Query {
	q := c.filtered(d)
	q.Count = true
	return q
}

func (c *corpus) beginning(d jobs.Document) jobs.Query {
	for {
		if text := c.oneOf(d, 5)[:3]; !slices.Contains(common(), text) {
			return jobs.Query{Text: text}
		}
	}
}

// typo has another letter in the middle of a word, never so that it is a word
// again.
func (c *corpus) typo(d jobs.Document) jobs.Query {
	word := c.oneOf(d, 6)
	at := 2 + c.random.IntN(len(word)-4)
	return jobs.Query{Text: word[:at] + "q" + word[at+1:]}
}

func (c *corpus) all(d jobs.Document) jobs.Query {
	q := c.typo(d)
	q.Groups, q.Near, q.Metres, q.Count = d.Groups()[:1], d.Place, 25_000, true
	return q
}

// oneOf is a word of the gig's text with so many letters at least, none that
// Postgres leaves out as too common.
func (c *corpus) oneOf(d jobs.Document, letters int) string {
	all := jobs.Words(d.Title + " " + d.Description)
	for {
		if word := pick(c.random, all); len(word) >= letters && !slices.Contains(common(), word) {
			return word
		}
	}
}

// common are Postgres' Dutch stop words of three letters and more, which Meent
// knows a few of only.
func common() []string {
	return strings.Fields("aan ben bij dan dat der des die dit een had heb hem het hij hoe hun kan kon men met mij nog nu ons ook tot uit van wat wie wil zal zij zou alles altijd andere daar deze dien door doch eens geen geweest haar hebben heeft hier ieder iemand iets kunnen maar meer mijn moet naar niet niets omdat onder over reeds tegen toch toen veel voor waren want werd wezen wordt worden zelf zich zijn zonder")
}
