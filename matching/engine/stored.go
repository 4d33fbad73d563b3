package engine

// stored is a shift with its work and its short lists, side by side: so that who looks
// at it finds it in few places.
type stored struct {
	sought
	work Work
	few  struct {
		wants    [4]want
		asked    [4]Ask
		quarters [32]uint16
		days     [2]dayTime
	}
}

func store(all []*sought) []stored {
	list := make([]stored, len(all))
	for i, s := range all {
		one := &list[i]
		one.sought, one.work = *s, *s.Work
		one.sought.Work = &one.work
		one.wants, one.work.Asked = kept(one.few.wants[:], s.wants), kept(one.few.asked[:], s.Asked)
		one.time.quarters, one.time.days = kept(one.few.quarters[:], s.time.quarters), kept(one.few.days[:], s.time.days)
	}
	return list
}

// kept is a list in a room, or where it is if that is too small.
func kept[T any](room, list []T) []T {
	if len(list) > len(room) {
		return list
	}
	return room[:copy(room, list):len(list)]
}

// lines reads a little of each line of the processor's memory that a judge needs.
func (s *stored) lines() (n uint32) {
	n = uint32(s.required) + uint32(s.month.from) + uint32(s.monday.from) + uint32(s.asks) + uint32(s.takes)
	n += uint32(s.work.Free) + uint32(s.work.Shift[0]) + uint32(s.work.Client[0]) + uint32(s.work.Loads[0]) + uint32(s.work.Pay) + uint32(s.work.Offers)
	return n + uint32(s.few.wants[0].number) + uint32(s.few.quarters[0])
}
