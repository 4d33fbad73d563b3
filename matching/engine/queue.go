package engine

// queue holds who waits to be judged: who can have the most points comes first.
type queue struct {
	waits [pageRows]uint64 // a heap: the most first
	n     int
}

// ceilingAt is where the most points stand in what waits, above the page and the row.
const ceilingAt = 48

func (q *queue) room() int { return len(q.waits) - q.n }

// add is for who has room.
func (q *queue) add(ceiling int, page, row int) {
	q.waits[q.n] = uint64(ceiling)<<ceilingAt | uint64(page)<<16 | uint64(row)
	q.n++
}

// order makes it a heap.
func (q *queue) order() {
	for i := q.n/2 - 1; i >= 0; i-- {
		q.sink(i)
	}
}

// next takes the first out of an ordered queue.
func (q *queue) next() (ceiling int, page, row int) {
	first := q.waits[0]
	q.n--
	q.waits[0] = q.waits[q.n]
	q.sink(0)
	return int(first >> ceilingAt), int(uint32(first >> 16)), int(uint16(first))
}

func (q *queue) sink(i int) {
	list, one := q.waits[:q.n], q.waits[i]
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
