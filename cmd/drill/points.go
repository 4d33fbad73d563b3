package main

import (
	"os"
	"slices"
	"strings"
)

// fewestPoints keeps a drill from being good because nothing was found to try.
const fewestPoints = 40

func readPoints(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	names := strings.Split(strings.TrimSpace(string(text)), "\n")
	slices.Sort(names)
	return slices.Compact(names), err
}

// sequence is all points once, or some of them; or so long that each follows on each.
func (r *rig) sequence(names []string) (all []string) {
	names = slices.Clone(names)
	r.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	if r.kills > 0 {
		names = names[:min(r.kills, len(names))]
	}
	if !r.pairs {
		return names
	}
	for i, a := range names {
		all = append(all, a)
		for _, b := range names[i+1:] {
			all = append(all, a, b)
		}
		all = append(all, a)
	}
	return all
}

// judgePoints: what was found to try is of every course, and of every call.
func (r *rig) judgePoints(v *verdict, names []string) {
	var missing []string
	for _, c := range courses() {
		for _, word := range c.passes {
			if !slices.ContainsFunc(names, func(name string) bool { return passes(name, word) }) {
				missing = append(missing, c.name+": "+word)
			}
		}
	}
	r.say(v, len(names) >= fewestPoints, "%d points", len(names))
	r.say(v, len(missing) == 0, "%d kinds of points missing%s", len(missing), some(missing))
}

// passes reports whether a point is before or after this call, or a commit that wrote
// this table; or just this one.
func passes(name, word string) bool {
	return name == word || slices.Contains(strings.FieldsFunc(name, func(c rune) bool { return c == ' ' || c == '+' }), word)
}
