package engine

// part is where the list of a row is among those of a page, and how long.
type part uint32

const (
	partFrom = 10
	partMost = 1<<partFrom - 1 // nobody has so many
)

// partOf adds a list to those of a page.
func partOf[T any](all *[]T, list []T) part {
	list = list[:min(len(list), partMost)]
	p := part(len(*all))<<partFrom | part(len(list))
	*all = append(*all, list...)
	return p
}

// in says where it begins and ends.
func (p part) in() (from, until int) {
	return int(p >> partFrom), int(p>>partFrom) + int(p&partMost)
}
