package engine

import "math/bits"

// numbers are a few numbers of a list, in order: each is found in one look, and stands
// where as many smaller ones are before it.
type numbers []numbered

// numbered is 64 numbers, and how many there are before them.
type numbered struct {
	is     uint64
	before uint32
}

// numbersOf has those of a list that is in order, each once.
func numbersOf(list []uint16) numbers {
	if len(list) == 0 {
		return nil
	}
	n := make(numbers, int(list[len(list)-1])/64+1)
	for _, number := range list {
		n[number/64].is |= 1 << (number % 64)
	}
	for i := 1; i < len(n); i++ {
		n[i].before = n[i-1].before + uint32(bits.OnesCount64(n[i-1].is))
	}
	return n
}

// find says where a number stands.
func (n numbers) find(number uint16) (at int, is bool) {
	word, bit := int(number)/64, uint64(1)<<(number%64)
	if word >= len(n) || n[word].is&bit == 0 {
		return 0, false
	}
	return n.place(int(number)), true
}

// place is where one stands that is there.
func (n numbers) place(number int) int {
	one := &n[number/64]
	return int(one.before) + bits.OnesCount64(one.is&(1<<(number%64)-1))
}

// list gives them in order.
func (n numbers) list() (list []uint16) {
	for i := range n {
		for left := n[i].is; left != 0; left &= left - 1 {
			list = append(list, uint16(64*i+bits.TrailingZeros64(left)))
		}
	}
	return list
}
