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
	words  []uint64
	stride int // words of a quarter
}

func weeksOf(rows []row) weeks {
	w := weeks{stride: (len(rows) + 63) / 64}
	w.words = make([]uint64, members.WeekQuarters*w.stride)
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

// turn fills in the quarters of 64 rows, for each word of their weeks.
func (w weeks) turn(block int, fill func(word int, square *[64]uint64)) {
	for word := range len(week{}) {
		var square [64]uint64
		fill(word, &square)
		transpose(&square)
		for q := range min(64, members.WeekQuarters-64*word) {
			w.words[(64*word+q)*w.stride+block] = square[q]
		}
	}
}

// read gives those of 64 rows back.
func (w weeks) read(block int, rows []row) {
	for word := range len(week{}) {
		var square [64]uint64
		for q := range min(64, members.WeekQuarters-64*word) {
			square[q] = w.words[(64*word+q)*w.stride+block]
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

func (w weeks) has(row, quarter int) bool {
	return w.words[quarter*w.stride+row/64]&(1<<(row%64)) != 0
}

// with has other weeks in the places of some.
func (w weeks) with(list []changed) weeks {
	own := false
	for i := range list {
		c := &list[i]
		for q := range members.WeekQuarters {
			can := c.row.flags&told == 0 || c.row.week.has(q)
			if w.has(c.at, q) == can {
				continue
			}
			if !own {
				w.words, own = slices.Clone(w.words), true
			}
			w.words[q*w.stride+c.at/64] ^= 1 << (c.at % 64)
		}
	}
	return w
}

// keep leaves those in a set who can in all of the quarters, and those who have
// exceptions, of whom their week does not tell.
func (w weeks) keep(s, excepted *set, quarters []uint16) {
	for i := range w.stride {
		can := s[i]
		for _, q := range quarters {
			if can == 0 {
				break
			}
			can &= w.words[int(q)*w.stride+i]
		}
		s[i] = can | s[i]&excepted[i]
	}
}
