package engine

// spot is where a row stands: its place, and how far it reaches, in the measure of
// vectors. So those stand together of whom one bound tells most.
type spot [4]float32

// spotOf puts what has no place where nobody is.
func spotOf(v vector, reach int32) (s spot) {
	for i, x := range v {
		if s[i] = x; x != x {
			s[i] = 9
		}
	}
	s[3] = float32(reach) / earthMetres
	return s
}

func (s spot) squared(o spot) (sum float32) {
	for i := range s {
		sum += (s[i] - o[i]) * (s[i] - o[i])
	}
	return sum
}

// mark is a row and where it stands.
type mark struct {
	spot
	row int
}

// gather orders marks so that each so many, one after another, are near each other.
func gather(list []mark, size int) {
	if len(list) <= size {
		return
	}
	axis := widest(list)
	half := ((len(list)+size-1)/size + 1) / 2 * size
	lowest(list, axis, half)
	gather(list[:half], size)
	gather(list[half:], size)
}

// lowest puts the lowest so many in a direction first, in no order: half of what is left is
// looked at again, where to sort looks at all of it (Hoare's selection).
func lowest(list []mark, axis, n int) {
	for len(list) > 1 {
		low, high, middle := 0, len(list)-1, list[len(list)/2].spot[axis]
		for low <= high {
			for list[low].spot[axis] < middle {
				low++
			}
			for list[high].spot[axis] > middle {
				high--
			}
			if low <= high {
				list[low], list[high] = list[high], list[low]
				low, high = low+1, high-1
			}
		}
		switch {
		case n <= high:
			list = list[:high+1]
		case n > low:
			list, n = list[low:], n-low
		default:
			return
		}
	}
}

// widest is in which direction they stand furthest apart.
func widest(list []mark) (axis int) {
	least, most := list[0].spot, list[0].spot
	for _, m := range list {
		for i, x := range m.spot {
			least[i], most[i] = min(least[i], x), max(most[i], x)
		}
	}
	for i := range least {
		if most[i]-least[i] > most[axis]-least[axis] {
			axis = i
		}
	}
	return axis
}

func centreOf(list []mark) (s spot) {
	for _, m := range list {
		for i, x := range m.spot {
			s[i] += x / float32(len(list))
		}
	}
	return s
}

// nearest is the one that stands nearest.
func nearest(centres []spot, s spot) (at int) {
	for i := range centres {
		if centres[i].squared(s) < centres[at].squared(s) {
			at = i
		}
	}
	return at
}
