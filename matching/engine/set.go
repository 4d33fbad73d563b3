package engine

import "math/bits"

// set is some rows of a page.
type set [pageRows / 64]uint64

func (s *set) add(row int)      { s[row/64] |= 1 << (row % 64) }
func (s *set) drop(row int)     { s[row/64] &^= 1 << (row % 64) }
func (s *set) has(row int) bool { return s[row/64]&(1<<(row%64)) != 0 }

func (s *set) and(o *set) {
	for i := range s {
		s[i] &= o[i]
	}
}

func (s *set) without(o *set) {
	for i := range s {
		s[i] &^= o[i]
	}
}

func (s *set) empty() bool {
	var any uint64
	for _, word := range s {
		any |= word
	}
	return any == 0
}

func (s *set) len() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// everyone is the first so many rows.
func everyone(n int) (s set) {
	for i := range s {
		switch left := n - 64*i; {
		case left >= 64:
			s[i] = ^uint64(0)
		case left > 0:
			s[i] = 1<<left - 1
		}
	}
	return s
}
