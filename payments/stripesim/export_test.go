package stripesim

import (
	"maps"
	"slices"
)

// Requests are all that the API serves.
func Requests() []string {
	all := platformEndpoints()
	maps.Copy(all, accountEndpoints())
	return slices.Sorted(maps.Keys(all))
}
