package web

import "regexp"

// piece is a part of a text: an address on the web, or what stands between two.
type piece struct {
	text string
	link bool
}

// pieces cuts a text at the addresses in it.
func pieces(text string) (all []piece) {
	at := 0
	for _, span := range regexp.MustCompile(`https?://[^\s<>"]+`).FindAllStringIndex(text, -1) {
		if span[0] > at {
			all = append(all, piece{text: text[at:span[0]]})
		}
		all = append(all, piece{text: text[span[0]:span[1]], link: true})
		at = span[1]
	}
	if at < len(text) {
		all = append(all, piece{text: text[at:]})
	}
	return all
}
