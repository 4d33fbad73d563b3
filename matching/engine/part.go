package engine

// part is where the list of a row begins among those of its page. It ends where that of
// the next row begins, so a list may be as long as it is.
type part uint32

// partOf adds a list to those of a page.
func partOf[T any](all *[]T, list []T) part {
	p := part(len(*all))
	*all = append(*all, list...)
	return p
}

// bookedOf and tiesOf are the lists of a row.
func (t *table) bookedOf(r int) []booking {
	from, until := t.hot[r].booked, part(len(t.booked))
	if r+1 < len(t.hot) {
		until = t.hot[r+1].booked
	}
	return t.booked[from:until:until]
}

func (t *table) tiesOf(r int) []tie {
	from, until := t.hot[r].ties, part(len(t.ties))
	if r+1 < len(t.hot) {
		until = t.hot[r+1].ties
	}
	return t.ties[from:until:until]
}
