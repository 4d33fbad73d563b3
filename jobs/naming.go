package jobs

import (
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"

	"meent/members"
)

// meaning is a skill and how a text says it.
type meaning struct {
	skill  members.Skill
	nl, en []string // stems of the words of its name that say something, all in one sentence
	does   []string // synonyms that are this work and no other, in a title
}

// named are the skills that the gig's text names, without those that it asks.
func (v *Vocabulary) named(d Document) (named []members.Skill) {
	if len(d.Title)+len(d.Description) == 0 {
		return nil
	}
	title := v.withInside(Words(d.Title))
	sentences := []map[string]bool{stemSet(title)}
	for _, sentence := range strings.FieldsFunc(d.Description, func(r rune) bool { return strings.ContainsRune(".!?\n;:", r) }) {
		sentences = append(sentences, stemSet(v.withInside(Words(sentence))))
	}
	anywhere := map[string]bool{} // most skills are not, which is soon seen
	for _, said := range sentences {
		maps.Copy(anywhere, said)
	}
	asked := d.SkillCodes()
	for _, m := range v.skills {
		name := m.name(d.Language)
		if slices.Contains(asked, m.skill.Code) || !holds(anywhere, name) && !m.isDone(d.Language, title) {
			continue
		}
		if m.isDone(d.Language, title) || slices.ContainsFunc(sentences, func(said map[string]bool) bool { return holds(said, name) }) {
			named = append(named, m.skill)
		}
	}
	return named
}

// holds reports whether a text with these stems says the whole name.
func holds(said map[string]bool, name []string) bool {
	return len(name) > 0 && !slices.ContainsFunc(name, func(stem string) bool { return !said[stem] })
}

func (m meaning) name(l members.Locale) []string {
	if l == members.English {
		return m.en
	}
	return m.nl
}

func (m meaning) isDone(l members.Locale, title []string) bool {
	return l != members.English && slices.ContainsFunc(m.does, func(word string) bool { return slices.Contains(title, word) })
}

func (v *Vocabulary) withInside(words []string) []string {
	all := words
	for _, word := range words {
		all = append(all, v.Inside(word)...)
	}
	return all
}

// telling are the stems of the words that tell this skill from others; none
// where they are too few to be sure.
func telling(name string) (stems []string) {
	words := leave(Words(name), tellsLittle)
	if len(words) == 0 || len(words) == 1 && len(words[0]) < shortestAlone {
		return nil
	}
	return slices.Sorted(maps.Keys(stemSet(words)))
}

func stemSet(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[dutchStem(word)] = true
	}
	return set
}

func dutchStem(word string) string {
	env := snowballstem.NewEnv(word)
	dutch.Stem(env)
	if env.Current() == "" {
		return word
	}
	return env.Current()
}

// isActivity knows the synonyms that are work of one kind wherever they stand:
// "glazenwassen" is, and "restaurant", a place, is not.
func isActivity(word string) bool {
	switch word {
	case "afstoffen", "bestraten", "bijsnijden", "bladblazen", "digitaliseren", "glazenwassen", "inkorten", "monteren", "opvouwen", "orderpicken", "plukken",
		"schoffelen", "sjouwen", "tekstverwerken", "timmeren", "verhuizen", "verstellen", "winkelen":
		return true
	}
	return false
}

// tellsLittle knows the words in names of skills that many texts hold.
func tellsLittle(word string) bool {
	switch word {
	case "helpen", "helping", "werken", "working", "using", "staan", "zetten", "setting", "kleine", "small", "samen", "together", "iemand", "someone", "klein",
		"anderen", "others", "klanten", "customers", "driving", "walking":
		return true
	}
	return isSmall(word)
}
