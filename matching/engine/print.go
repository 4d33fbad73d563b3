package engine

// print is a number of the week and one of the skills of a row: others for others. So
// a change need not look where those are kept.
type print struct{ week, skills uint64 }

func (r *row) print() (p print) {
	for _, word := range r.week {
		p.week = mix(p.week, word)
	}
	p.week = mix(p.week, uint64(r.flags&told))
	for _, s := range r.skills {
		p.skills = mix(p.skills, uint64(s.Number)<<8|uint64(s.Level))
	}
	for _, goal := range r.goals {
		p.skills = mix(p.skills, uint64(goal)<<8|1<<32)
	}
	return p
}

func mix(h, x uint64) uint64 {
	h = (h ^ x + 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93
	return h ^ h>>32
}
