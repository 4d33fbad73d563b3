package engine

// Each load has a byte in one word, and so has support: of what somebody can bear,
// and of what is asked. The highest bit stays free, to see them all at once.
const (
	highest      = 0x80808080
	noLimit      = 0x7f
	supportAt    = 24
	startLimit   = 1
	withoutHelps = 2
)

// limits are what a member can bear.
type limits uint32

func limitsOf(bears [3]int, s Support) (word limits) {
	for i, b := range bears {
		limit := small(b)
		if limit == 0 {
			limit = noLimit
		}
		word |= limits(limit) << (8 * i)
	}
	switch s {
	case AlwaysSupport:
		return word
	case StartSupport:
		return word | startLimit<<supportAt
	default:
		return word | noLimit<<supportAt
	}
}

// bears reads one of them back; 0: not told.
func (l limits) bears(i int) int {
	if b := l >> (8 * i) & 0xff; b != noLimit {
		return int(b)
	}
	return 0
}

// always and starts say how much help they need.
func (l limits) always() bool { return l>>supportAt == 0 }
func (l limits) starts() bool { return l>>supportAt == startLimit }

// lacking has a bit for each byte in which the limit is less than what is asked.
func (l limits) lacking(asks uint32) uint32 { return ^((uint32(l) | highest) - asks) & highest }

// asks is what the work asks of those.
func (w *Work) asks() (word uint32) {
	for i, load := range w.Loads {
		word |= uint32(small(load)) << (8 * i)
	}
	if !w.Helps {
		word |= withoutHelps << supportAt
	}
	return word
}

// small keeps what is out of bounds beyond every bound.
func small(n int) uint8 { return uint8(min(max(0, n), noLimit-1)) }

// headroom is that of Facts, from words.
func headroom(l limits, asks uint32) (sum int) {
	for i := range 3 {
		sum += above(l.bears(i), int(asks>>(8*i)&0xff))
	}
	return sum
}
