package engine

import (
	"encoding/binary"
	"slices"

	"meent/members"
)

// week is that of members.Week in words, and a half.
type week [11]uint64

func weekOf(w *members.Week) (words week) {
	var bytes [8 * len(words)]byte
	if w != nil {
		copy(bytes[:], w[:])
	}
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(bytes[8*i:])
	}
	return words
}

// always is of who told none.
func always() (w week) {
	for i := range w {
		w[i] = ^uint64(0)
	}
	return w
}

func (w *week) has(quarter int) bool { return w[quarter/64]&(1<<(quarter%64)) != 0 }

// weeks are those of a page, by quarter: for each, which rows can work then. So the
// time of a shift is a few words for all rows. Who told no week can always.
type weeks struct {
	words  [len(week{})][]uint64 // of each word of a week its quarters
	stride int                   // words of a quarter
}

func weeksOf(rows []row) weeks {
	w := weeks{stride: (len(rows) + 63) / 64}
	for word := range w.words {
		w.words[word] = make([]uint64, quartersIn(word)*w.stride)
	}
	for block := range w.stride {
		w.turn(block, func(word int, square *[64]uint64) {
			for i, r := range rows[64*block : min(len(rows), 64*block+64)] {
				if square[i] = r.week[word]; r.flags&told == 0 {
					square[i] = ^uint64(0)
				}
			}
		})
	}
	return w
}

// quartersIn is how many a word has: the last is not full.
func quartersIn(word int) int { return min(64, members.WeekQuarters-64*word) }

// turn fills in the quarters of 64 rows, for each word of their weeks.
func (w *weeks) turn(block int, fill func(word int, square *[64]uint64)) {
	for word := range w.words {
		var square [64]uint64
		fill(word, &square)
		transpose(&square)
		for q := range quartersIn(word) {
			w.words[word][q*w.stride+block] = square[q]
		}
	}
}

// read gives those of 64 rows back.
func (w *weeks) read(block int, rows []row) {
	for word := range w.words {
		var square [64]uint64
		for q := range quartersIn(word) {
			square[q] = w.words[word][q*w.stride+block]
		}
		transpose(&square)
		for i := range rows {
			rows[i].week[word] = square[i]
		}
	}
}

// transpose swaps rows and columns.
func transpose(square *[64]uint64) {
	for j, mask := 32, uint64(1)<<32-1; j > 0; j, mask = j/2, mask^mask<<(j/2) {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (square[k]>>j ^ square[k|j]) & mask
			square[k] ^= t << j
			square[k|j] ^= t
		}
	}
}

func (w *weeks) has(row, quarter int) bool {
	return w.words[quarter/64][quarter%64*w.stride+row/64]&(1<<(row%64)) != 0
}

// with has other weeks in the places of some. Words that stay as they are it shares.
func (w weeks) with(list []changed) weeks {
	var own [len(week{})]bool
	for i := range list {
		c := &list[i]
		for q := range members.WeekQuarters {
			can := c.row.flags&told == 0 || c.row.week.has(q)
			if w.has(c.at, q) == can {
				continue
			}
			if word := q / 64; !own[word] {
				w.words[word], own[word] = slices.Clone(w.words[word]), true
			}
			w.words[q/64][q%64*w.stride+c.at/64] ^= 1 << (c.at % 64)
		}
	}
	return w
}

// keep leaves those in a set who can in all of the quarters, and those who have
// exceptions, of whom their week does not tell.
func (w *weeks) keep(s, excepted *set, quarters []uint16) {
	for i := range w.stride {
		can := s[i]
		for _, q := range quarters {
			if can == 0 {
				break
			}
			can &= w.words[q/64][int(q%64)*w.stride+i]
		}
		s[i] = can | s[i]&excepted[i]
	}
}
