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
func (p *page) bookedOf(r int) []booking {
	from, until := p.hot[r].booked, part(len(p.booked))
	if r+1 < len(p.hot) {
		until = p.hot[r+1].booked
	}
	return p.booked[from:until:until]
}

func (p *page) tiesOf(r int) []tie {
	from, until := p.hot[r].ties, part(len(p.ties))
	if r+1 < len(p.hot) {
		until = p.hot[r+1].ties
	}
	return p.ties[from:until:until]
}
