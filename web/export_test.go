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
