package engine

import (
	"bytes"
	"crypto/sha256"

	"meent/jobs"
	"meent/members"
)

// lot breaks ties: it is drawn anew for each shift, so that no order favours anybody
// for ever.
func lot(shift jobs.ShiftID, m members.MemberID) [32]byte {
	var both [32]byte
	copy(both[:16], shift[:])
	copy(both[16:], m[:])
	return sha256.Sum256(both[:])
}

// top keeps the best so many.
type top[T any] struct {
	most int
	lot  func(T) [32]byte
	list []placed[T] // a heap: the worst first
}

type placed[T any] struct {
	total int
	lot   [32]byte
	drawn bool
	it    T
}

// least is what somebody must have to come in, once it is full.
func (t *top[T]) least() (total int, full bool) {
	if t.most <= 0 || len(t.list) < t.most {
		return 0, t.most <= 0
	}
	return t.list[0].total, true
}

// worse orders two places; lots are only drawn where points do not decide.
func (t *top[T]) worse(a, b *placed[T]) bool {
	if a.total != b.total {
		return a.total < b.total
	}
	for _, one := range [2]*placed[T]{a, b} {
		if !one.drawn {
			one.lot, one.drawn = t.lot(one.it), true
		}
	}
	return bytes.Compare(a.lot[:], b.lot[:]) > 0
}

func (t *top[T]) offer(total int, it T) {
	one := placed[T]{total: total, it: it}
	if len(t.list) < t.most {
		t.list = append(t.list, one)
		for i := len(t.list) - 1; i > 0 && t.worse(&t.list[i], &t.list[(i-1)/2]); i = (i - 1) / 2 {
			t.list[i], t.list[(i-1)/2] = t.list[(i-1)/2], t.list[i]
		}
		return
	}
	if t.most <= 0 || total < t.list[0].total || !t.worse(&t.list[0], &one) {
		return
	}
	t.list[0] = one
	t.sink(len(t.list))
}

// join takes in what others have.
func (t *top[T]) join(o *top[T]) {
	for i := range o.list {
		t.offer(o.list[i].total, o.list[i].it)
	}
}

func (t *top[T]) sink(n int) {
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < n; child++ {
			if t.worse(&t.list[child], &t.list[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		t.list[i], t.list[least], i = t.list[least], t.list[i], least
	}
}

// sorted ends it: the best first.
func (t *top[T]) sorted() []placed[T] {
	for n := len(t.list) - 1; n > 0; n-- {
		t.list[0], t.list[n] = t.list[n], t.list[0]
		t.sink(n)
	}
	return t.list
}
