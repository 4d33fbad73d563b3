package jobs

import (
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"

	"meent/members"
)

// Vocabulary knows by which further words a gig may be looked for. It is made of
// the words of the skills, never changes, and is safe for use by many at once.
type Vocabulary struct {
	compounds compounds
	skills    []meaning
}

// meaning is a skill and how a text says it.
type meaning struct {
	skill  members.Skill
	nl, en []string // stems of the words of its name that say something, all in one sentence
	does   []string // synonyms that are this work and no other, in a title
}

// ReadVocabulary is the vocabulary of the program's own skills.
func ReadVocabulary() (*Vocabulary, error) {
	skills, err := members.Skills()
	if err != nil {
		return nil, err
	}
	return NewVocabulary(skills), nil
}

// NewVocabulary is the vocabulary of these skills.
func NewVocabulary(skills []members.Skill) *Vocabulary {
	v := &Vocabulary{compounds: compounds{}}
	times := map[string]int{}
	for _, s := range skills {
		for _, word := range append(Words(s.NL), wordsOf(s.Synonyms)...) {
			v.compounds.add(word)
			times[word]++
		}
	}
	for _, s := range skills {
		m := meaning{skill: s, nl: telling(s.NL), en: telling(s.EN)}
		for _, synonym := range s.Synonyms {
			if word := Words(synonym); len(word) == 1 && times[word[0]] == 1 && isActivity(word[0]) {
				m.does = append(m.does, word[0])
			}
		}
		v.skills = append(v.skills, m)
	}
	return v
}

// mostMore is how many further words a gig may have.
const mostMore = 200

// More gives the further words of a gig: those inside its long ones, those of
// the skills that its text names and it does not ask, those for its kind of work
// and its hours, and how else people spell its first words. What stands in its
// text already is left out.
func (v *Vocabulary) More(d Document) []string {
	own := append(Words(d.Title+" "+d.Description), wordsOf(d.Labels())...)
	var more []string
	for _, word := range own {
		more = append(more, v.Inside(word)...)
	}
	for _, s := range v.named(d) {
		more = append(append(append(more, Words(s.NL)...), Words(s.EN)...), wordsOf(s.Synonyms)...)
	}
	ends := lastParts(own)
	more = append(append(more, plainWords(d)...), v.otherwise(d, ends)...)
	more = append(leave(more, saysNothing), ends...)
	more = leave(each(more, func(word string) string { return word }), among(own))
	return more[:min(len(more), mostMore)]
}

// otherwise is how people spell the known words of the title and the skills, and
// make long ones of them.
func (v *Vocabulary) otherwise(d Document, ends []string) (all []string) {
	words := Words(d.Title)
	for _, s := range d.Skills {
		words = append(words, Words(s.NL)...)
	}
	for _, word := range words {
		if v.compounds.has(word) {
			all = append(all, leave(spellings(word), v.compounds.has)...)
			for _, end := range ends {
				all = append(all, bare(word)+end)
			}
		}
	}
	return all
}

// leave leaves these out.
func leave(words []string, these func(string) bool) []string {
	return slices.DeleteFunc(words, these)
}

func among(words []string) func(string) bool {
	had := make(map[string]bool, len(words))
	for _, word := range words {
		had[word] = true
	}
	return func(word string) bool { return had[word] }
}

// Inside gives the words that stand inside a long Dutch word, each as it stands
// there and as the skills say it.
func (v *Vocabulary) Inside(word string) (inside []string) {
	for _, part := range v.compounds.parts(word) {
		inside = append(inside, part)
		if form := v.compounds[part]; form != part {
			inside = append(inside, form)
		}
	}
	return inside
}

// Synonyms gives the words that mean the same: a word, and the others of its
// skill, for an index that takes them as settings. Only words that mean one
// skill are in it.
func (v *Vocabulary) Synonyms() map[string][]string {
	same := map[string][]string{}
	for _, m := range v.skills {
		name := strings.Join(leave(Words(m.skill.NL), tellsLittle), " ")
		if len(m.does) == 0 || len(strings.Fields(name)) == 0 {
			continue
		}
		for _, word := range m.does {
			same[word] = append(same[word], name)
		}
		same[name] = append(same[name], m.does...)
	}
	return same
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

func wordsOf(texts []string) (words []string) {
	for _, text := range texts {
		words = append(words, Words(text)...)
	}
	return words
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
