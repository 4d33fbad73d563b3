package engine

// queue holds who waits to be judged: who can have the most points comes first.
type queue struct {
	list [pageRows]waiting // a heap: the most first
	n    int
}

// waiting is a ceiling, and above which page and row it is.
type waiting uint64

func (w waiting) ceiling() int { return int(w >> 48) }
func (w waiting) page() int    { return int(uint32(w >> 16)) }
func (w waiting) row() int     { return int(uint16(w)) }

func (q *queue) room() int { return len(q.list) - q.n }

// add is for who has room.
func (q *queue) add(ceiling, page, row int) {
	q.list[q.n] = waiting(ceiling)<<48 | waiting(page)<<16 | waiting(row)
	q.n++
}

// order makes it a heap.
func (q *queue) order() {
	for i := q.n/2 - 1; i >= 0; i-- {
		q.sink(i)
	}
}

// next takes the first out of an ordered queue.
func (q *queue) next() waiting {
	first := q.list[0]
	q.n--
	q.list[0] = q.list[q.n]
	q.sink(0)
	return first
}

// some takes a few out, and says how many.
func (q *queue) some(list []waiting) (n int) {
	for ; n < len(list) && q.n > 0; n++ {
		list[n] = q.next()
	}
	return n
}

func (q *queue) sink(i int) {
	list, one := q.list[:q.n], q.list[i]
	for {
		child := 2*i + 1
		if child >= len(list) {
			break
		}
		if child+1 < len(list) && list[child+1] > list[child] {
			child++
		}
		if list[child] <= one {
			break
		}
		list[i], i = list[child], child
	}
	if i < len(list) {
		list[i] = one
	}
}
