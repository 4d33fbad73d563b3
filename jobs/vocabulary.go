package jobs

import (
	"slices"
	"strings"

	"meent/members"
)

// Vocabulary knows by which further words a gig may be looked for. It is made of
// the words of the skills, never changes, and is safe for use by many at once.
type Vocabulary struct {
	compounds compounds
	skills    []meaning
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
	more = append(append(more, everydayWords(d)...), v.otherwise(d, ends)...)
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

func wordsOf(texts []string) (words []string) {
	for _, text := range texts {
		words = append(words, Words(text)...)
	}
	return words
}
