package jobs

import "strings"

// spellings are other ways in which people write a Dutch word, where an index
// that forgives one letter would not find it: as it sounds, as a newcomer hears
// it, or small.
func spellings(word string) []string {
	if len(word) < shortestPart {
		return nil
	}
	all := []string{little(bare(word))}
	for _, sound := range []struct{ is, heard string }{
		{"ij", "ei"}, {"ij", "y"}, {"ei", "ij"}, {"au", "o"}, {"sch", "sj"}, {"sch", "sg"}, {"ch", "sj"}, {"ch", "g"}, {"oe", "u"}, {"iz", "is"}, {"ck", "kk"},
	} {
		if sound.is == "ch" && strings.Contains(word, "sch") {
			continue // it has its own
		}
		if heard := strings.ReplaceAll(word, sound.is, sound.heard); heard != word {
			all = append(all, heard)
		}
	}
	for _, first := range []struct{ is, heard string }{{"z", "s"}, {"v", "f"}, {"f", "v"}, {"c", "k"}} { // which a typo never touches
		if rest, ok := strings.CutPrefix(word, first.is); ok {
			all = append(all, first.heard+rest)
		}
	}
	return all
}

// little is the diminutive of most nouns: "hondje", "tuintje", "boompje".
func little(noun string) string {
	switch last := noun[len(noun)-1]; {
	case last == 'm':
		return noun + "pje"
	case vowel(last) || strings.IndexByte("lnrw", last) >= 0:
		return noun + "tje"
	default:
		return noun + "je"
	}
}
