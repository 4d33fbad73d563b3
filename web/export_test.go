package web

import (
	"slices"

	"meent/members"
)

// Line is a route as the tests see it: who may use it, by name.
type Line struct {
	Method, Path, Relation string
	Kinds                  []members.RoleKind // "" is a person without a role
	All                    bool               // visitors too
}

// Lines lists the routes of the house.
func Lines() (lines []Line) {
	for _, r := range (&Web{}).routes() {
		lines = append(lines, Line{Method: r.method, Path: r.path, Relation: r.relation.name, Kinds: slices.Clone(r.access.kinds), All: r.access.all})
	}
	return lines
}

// AlgorithmField is one of the register of algorithms, as the tests see it.
type AlgorithmField struct {
	Name string
	Most int
	Open bool
}

// AlgorithmFields lists those of the entry.
func AlgorithmFields() (list []AlgorithmField) {
	for _, f := range algorithmFields() {
		list = append(list, AlgorithmField{f.name, f.most, f.open})
	}
	return list
}
