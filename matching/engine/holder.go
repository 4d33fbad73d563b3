package engine

import (
	"cmp"
	"slices"
)

// holder is a row, its level of a skill, and whether the member wants to learn it.
type holder uint16

const (
	holderLevel = 10 // rows of a page are numbered below it
	holderRow   = 1<<holderLevel - 1
	holderGoal  = 1 << (holderLevel + 3)
	mostLevel   = 7
	holderKinds = 16 // of level and goal
)

func (h holder) row() int     { return int(h & holderRow) }
func (h holder) level() uint8 { return uint8(h>>holderLevel) & mostLevel }
func (h holder) goal() bool   { return h&holderGoal != 0 }
func (h holder) kind() uint   { return uint(h>>holderLevel) % holderKinds }

// holders are those of each skill in a page, in the order of rows.
type holders struct {
	skills numbers  // that somebody here has or wants to learn
	starts []uint32 // where its holders begin, and one more
	holds  []holder
}

type hold struct {
	skill uint16
	holder
}

func (h hold) order(o hold) int {
	return cmp.Compare(uint32(h.skill)<<16|uint32(h.row()), uint32(o.skill)<<16|uint32(o.row()))
}

func holdersOf(rows []row) (h holders) {
	n := 0
	for i := range rows {
		n += len(rows[i].skills) + len(rows[i].goals)
	}
	all := make([]hold, 0, n)
	for i := range rows {
		all = rows[i].list(all, i)
	}
	return h.of(inOrder(all))
}

// inOrder has those of each skill together, as they come: it counts them first, which is
// much faster than to compare them.
func inOrder(all []hold) []hold {
	most := 0
	for i := range all {
		most = max(most, int(all[i].skill))
	}
	next := make([]uint32, most+2)
	for i := range all {
		next[int(all[i].skill)+1]++
	}
	for i := range most {
		next[i+1] += next[i]
	}
	list := make([]hold, len(all))
	for _, one := range all {
		list[next[one.skill]] = one
		next[one.skill]++
	}
	return list
}

func (h holders) of(all []hold) holders {
	h = holders{holds: make([]holder, len(all))}
	var skills []uint16
	for i, one := range all {
		if h.holds[i] = one.holder; i == 0 || all[i-1].skill != one.skill {
			skills, h.starts = append(skills, one.skill), append(h.starts, uint32(i))
		}
	}
	h.skills, h.starts = numbersOf(skills), slices.Clip(append(h.starts, uint32(len(all))))
	return h
}

// list adds those of a row that stands there, in the order of skills.
func (r *row) list(all []hold, at int) []hold {
	goals := r.goals
	for _, s := range r.skills {
		for len(goals) > 0 && goals[0] < s.Number {
			all, goals = append(all, hold{goals[0], holder(at) | holderGoal}), goals[1:]
		}
		one := holder(at) | holder(min(s.Level, mostLevel))<<holderLevel
		if len(goals) > 0 && goals[0] == s.Number {
			one, goals = one|holderGoal, goals[1:]
		}
		all = append(all, hold{s.Number, one})
	}
	for _, goal := range goals {
		all = append(all, hold{goal, holder(at) | holderGoal})
	}
	return all
}

// holds is how it holds a skill, without the row; 0: not at all.
func (r *row) holds(skill uint16) (h holder) {
	if k, ok := slices.BinarySearchFunc(r.skills, skill, func(s Skill, n uint16) int { return cmp.Compare(s.Number, n) }); ok {
		h = holder(min(r.skills[k].Level, mostLevel)) << holderLevel
	}
	if _, goal := slices.BinarySearch(r.goals, skill); goal {
		h |= holderGoal
	}
	return h
}

// each goes through all of them, in order.
func (h holders) each(do func(hold)) {
	for k, skill := range h.skills.list() {
		for _, one := range h.holds[h.starts[k]:h.starts[k+1]] {
			do(hold{skill, one})
		}
	}
}

// with has others in the places of some.
func (h holders) with(list []changed) holders {
	var fresh []hold
	var gone set
	for i := range list {
		fresh = list[i].row.list(fresh, list[i].at)
		gone.add(list[i].at)
	}
	slices.SortFunc(fresh, hold.order)
	var were []hold
	all := make([]hold, 0, len(h.holds)+len(fresh))
	left := fresh
	h.each(func(one hold) {
		if gone.has(one.row()) {
			were = append(were, one)
			return
		}
		for len(left) > 0 && left[0].order(one) < 0 {
			all, left = append(all, left[0]), left[1:]
		}
		all = append(all, one)
	})
	if slices.Equal(were, fresh) {
		return h
	}
	return h.of(append(all, left...))
}

// who gives those here who have a skill.
func (h holders) who(skill uint16) []holder {
	at, is := h.skills.find(skill)
	if !is {
		return nil
	}
	return h.holds[h.starts[at]:h.starts[at+1]]
}

// held is how a row holds a skill that these have; 0: not at all.
func held(list []holder, row int) holder {
	low, high := 0, len(list)
	for low < high {
		if mid := int(uint(low+high) >> 1); list[mid].row() < row {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(list) || list[low].row() != row {
		return 0
	}
	return list[low]
}
