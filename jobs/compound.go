package jobs

import (
	"slices"
	"strings"
)

// The least letters of what stands inside a long word.
const (
	shortestPart  = 4
	shortestAlone = 5 // where the rest of the word is unknown
	shortestTail  = 7 // and where the part may be a verb: "tellen" is not in "herstellen"
	shortestRest  = 4
)

// compounds knows the words that long Dutch words are made of, as Words folds
// them, each with the skills' own form of it: "schoonmaak" is "schoonmaken".
type compounds map[string]string

func (c compounds) add(word string) {
	for _, form := range []string{bare(word), word} { // a word that stands in the list is its own form
		if len(form) >= shortestPart && !noPart(word) && !noPart(form) {
			c[form] = word
		}
	}
}

// parts are the known words inside the word, the longest that fit: all of them
// where the word is made of nothing else, otherwise a long one at an end.
func (c compounds) parts(word string) (parts []string) {
	if parts, ok := c.split(word, true); ok {
		return parts
	}
	for n := len(word) - shortestRest; n >= shortestAlone; n-- {
		if end := word[len(word)-n:]; c.tail(end) && !attached(word[:len(word)-n]) {
			return []string{end}
		}
		if begin, rest := word[:n], word[n:]; c.has(begin) && !strings.HasPrefix(rest, "ing") {
			return append([]string{begin}, c.parts(rest)...)
		}
	}
	return nil
}

func (c compounds) has(part string) bool { _, ok := c[part]; return ok }

// tail reports a part that may end a word of which the rest is unknown.
func (c compounds) tail(part string) bool {
	return c.has(part) && (len(part) >= shortestTail || !strings.HasSuffix(part, "en"))
}

// split takes the word apart to its last letter. The whole word is no part.
func (c compounds) split(word string, whole bool) ([]string, bool) {
	if !whole && (c.has(word) || head(word)) {
		return known(c, word), true
	}
	for n := len(word) - shortestPart; n >= shortestPart; n-- {
		if !c.has(word[:n]) {
			continue
		}
		for _, link := range []string{"", "en", "s", "e", "er"} {
			rest, linked := strings.CutPrefix(word[n:], link)
			if !linked || len(rest) < shortestPart {
				continue
			}
			if parts, ok := c.split(rest, false); ok {
				return append([]string{word[:n]}, parts...), true
			}
		}
	}
	return nil, false
}

func known(c compounds, word string) []string {
	if c.has(word) {
		return []string{word}
	}
	return nil
}

// bare is a plural or a verb as it stands inside a long word: "ramen" is "raam",
// "schoonmaken" is "schoonmaak", "tafels" is "tafel".
func bare(word string) string {
	if short, ok := strings.CutSuffix(word, "s"); ok && endsIn(short, "el", "er", "em", "ie") {
		return short
	}
	short, ok := strings.CutSuffix(word, "en")
	if !ok || len(short) < 3 {
		return word
	}
	last, before, third := short[len(short)-1], short[len(short)-2], short[len(short)-3]
	switch {
	case last == before && !vowel(last):
		return short[:len(short)-1]
	case last == 'v':
		short = short[:len(short)-1] + "f"
	case last == 'z':
		short = short[:len(short)-1] + "s"
	}
	if strings.IndexByte("aeou", before) >= 0 && !vowel(last) && !vowel(third) && !endsIn(short, "el", "er", "em") {
		short = short[:len(short)-1] + string(before) + short[len(short)-1:]
	}
	return short
}

func vowel(b byte) bool { return strings.IndexByte("aeiouy", b) >= 0 }

func endsIn(word string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(word, end) })
}

// head knows the general words that much work ends in; alone they say nothing.
func head(word string) bool {
	switch word {
	case "werk", "werkzaamheden", "hulp", "dienst", "klus", "klusje", "klussen", "ronde", "dag", "ochtend", "middag", "avond", "medewerker", "bedrijf", "les":
		return true
	}
	return false
}

// attached knows what makes another verb of a verb: "overleggen" is no "leggen".
func attached(rest string) bool {
	switch strings.TrimSuffix(rest, "s") {
	case "aan", "achter", "binnen", "buiten", "door", "langs", "onder", "over", "samen", "tegen", "terug", "voor", "vooruit":
		return true
	}
	return false
}

// noPart knows the words of skills that are too general to look for inside others.
func noPart(word string) bool {
	switch word {
	case "aanvullen", "alle", "andere", "anderen", "boven", "buiten", "buit", "delen", "doen", "door", "draaien", "eerste", "elkaar", "geven", "groep", "hand", "help",
		"helpen", "houden", "hulp", "iemand", "kleine", "klein", "korter", "leggen", "legg", "lijst", "lopen", "maak", "maken", "naar", "nakijken", "nemen",
		"netjes", "opmaken", "over", "plaatsen", "praten", "route", "samen", "schap", "schappen", "schoon", "staan", "stand", "team", "tellen", "veilig", "verdelen", "voor", "weg",
		"werk", "werken", "wijzen", "zetten", "zonder", "fouten", "fout", "richten", "zuigen", "hangen", "scheiden", "stappen", "online", "ontvangen":
		return true
	}
	return false
}
