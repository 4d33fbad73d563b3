package bleveindex

import (
	"slices"
	"sync"
)

// names are the texts that many cards share, each once.
type names struct {
	codes  numbers[string] // groups and loads
	places numbers[place]
}

// numbers gives each thing a number, from 0. The zero value is ready; it is safe
// for use by many at once.
type numbers[T comparable] struct {
	mu   sync.RWMutex
	of   map[T]int
	list []T
}

// number is the number of the thing, a new one if need be.
func (n *numbers[T]) number(of T) int {
	if known, ok := n.find(of); ok {
		return known
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, ok := n.of[of]; ok {
		return known
	}
	if n.of == nil {
		n.of = map[T]int{}
	}
	n.of[of] = len(n.list)
	n.list = append(n.list, of)
	return len(n.list) - 1
}

func (n *numbers[T]) find(of T) (int, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	known, ok := n.of[of]
	return known, ok
}

// all lists the things by number, as many as there are now.
func (n *numbers[T]) all() []T {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return slices.Clip(n.list)
}
