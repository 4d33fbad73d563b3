package coaching

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// medical.csv is the program's own list. Words are one word or several, and a *
// at either end stands for anything. A part joined with a tail is a Dutch
// compound: rug and klacht* make rugklachten. What is innocent excuses its words.
//
//go:embed medical.csv
var medicalCSV []byte

// MedicalWords gives the words of a text that look medical, as they were typed,
// each once. It is a hint to who writes and no judgement: it misses some, and
// names some that are innocent.
func MedicalWords(text string) (found []string) {
	list, spoken := medicalList(), wordsOf(text)
	excused := list.excused(spoken)
	for from := range spoken {
		for _, p := range list.medical {
			if !p.standsAt(spoken[from:]) || slices.Contains(excused[from:from+len(p)], true) {
				continue
			}
			if words := typed(spoken[from : from+len(p)]); !slices.Contains(found, words) {
				found = append(found, words)
			}
			break // one hit a word is enough
		}
	}
	return found
}

// excused marks the words that stand in something innocent.
func (l medicalPatterns) excused(spoken []spokenWord) []bool {
	marks := make([]bool, len(spoken))
	for from := range spoken {
		for _, p := range l.innocent {
			if p.standsAt(spoken[from:]) {
				for i := range p {
					marks[from+i] = true
				}
			}
		}
	}
	return marks
}

// spokenWord is one word of a text: as typed, and as the list has it.
type spokenWord struct{ typed, plain string }

// wordsOf cuts a text at everything but letters, digits and what joins them.
func wordsOf(text string) (list []spokenWord) {
	isBorder := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("-'’", r)
	}
	for _, word := range strings.FieldsFunc(text, isBorder) {
		if plain := plainWord(word); plain != "" {
			list = append(list, spokenWord{strings.Trim(word, "-'’"), plain})
		}
	}
	return list
}

// plainWord is small letters without accents and hyphens, so that Burn-out is
// burnout.
func plainWord(word string) string {
	accents := strings.NewReplacer("-", "", "'", "", "’", "", "á", "a", "à", "a", "ä", "a", "â", "a", "é", "e", "è", "e", "ë", "e", "ê", "e",
		"í", "i", "ï", "i", "ó", "o", "ö", "o", "ú", "u", "ü", "u", "ç", "c", "\u0301", "", "\u0308", "", "\u0300", "")
	return accents.Replace(strings.ToLower(word))
}

func typed(words []spokenWord) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.typed
	}
	return strings.Join(list, " ")
}

// pattern is one or more words, each perhaps with a * at its ends.
type pattern []string

// standsAt reports whether the words begin with the pattern.
func (p pattern) standsAt(spoken []spokenWord) bool {
	if len(spoken) < len(p) {
		return false
	}
	for i, part := range p {
		if !fits(part, spoken[i].plain) {
			return false
		}
	}
	return true
}

func fits(part, word string) bool {
	begin, end := strings.HasPrefix(part, "*"), strings.HasSuffix(part, "*")
	stem := strings.Trim(part, "*")
	switch {
	case begin && end:
		return strings.Contains(word, stem)
	case begin:
		return strings.HasSuffix(word, stem)
	case end:
		return strings.HasPrefix(word, stem)
	default:
		return word == stem
	}
}

type medicalPatterns struct{ medical, innocent []pattern }

// medicalList panics when the program's own file is broken.
var medicalList = sync.OnceValue(func() medicalPatterns {
	list, err := readMedical(medicalCSV)
	if err != nil {
		panic(err)
	}
	return list
})

func readMedical(file []byte) (list medicalPatterns, err error) {
	reader := csv.NewReader(bytes.NewReader(file))
	reader.FieldsPerRecord = 4
	rows, err := reader.ReadAll()
	if err != nil {
		return list, fmt.Errorf("medical.csv: %w", err)
	}
	var parts, tails []string
	for _, row := range rows[1:] {
		switch kind, words := row[0], row[1]; kind {
		case "medical":
			list.medical = append(list.medical, strings.Fields(words))
		case "innocent":
			list.innocent = append(list.innocent, strings.Fields(words))
		case "part":
			parts = append(parts, words)
		case "tail":
			tails = append(tails, words)
		default:
			return list, fmt.Errorf("medical.csv: %q is no kind", kind)
		}
	}
	for _, part := range parts {
		for _, tail := range tails {
			list.medical = append(list.medical, pattern{part + tail})
		}
	}
	return list, nil
}
