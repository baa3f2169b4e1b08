package system

import (
	"cmp"
	"maps"
	"slices"
)

// Table is what subscribers have been told of many things, each known by its key, so
// that they are told only what changes. The zero value has told nothing.
type Table[K cmp.Ordered, V comparable] struct {
	told map[K]V
	size func(V) int
	next K // where what did not fit begins
}

// NewTable makes a table of values whose size, as they are written, is about this.
func NewTable[K cmp.Ordered, V comparable](size func(V) int) Table[K, V] {
	return Table[K, V]{told: make(map[K]V), size: size}
}

// Next returns what is different from what was told, by key, and takes it for told. What
// would make that larger than so many bytes is left for later.
func (t *Table[K, V]) Next(now map[K]V, most int) (changed []V, gone []K) {
	for _, key := range slices.Sorted(maps.Keys(t.told)) {
		if _, ok := now[key]; !ok {
			delete(t.told, key)
			gone = append(gone, key)
		}
	}
	keys := slices.Sorted(maps.Keys(now))
	first, _ := slices.BinarySearch(keys, t.next) // so that each has its turn
	for _, key := range slices.Concat(keys[first:], keys[:first]) {
		value := now[key]
		if old, ok := t.told[key]; ok && old == value {
			continue
		}
		if most -= t.size(value); most < 0 {
			t.next = key
			break
		}
		t.told[key] = value
		changed = append(changed, value)
	}
	return changed, gone
}

// All returns what has been told, by key, as far as so many bytes go.
func (t *Table[K, V]) All(most int) (all []V) {
	for _, key := range slices.Sorted(maps.Keys(t.told)) {
		value := t.told[key]
		if most -= t.size(value); most < 0 {
			break
		}
		all = append(all, value)
	}
	return all
}

// Clear forgets what was told.
func (t *Table[K, V]) Clear() { clear(t.told) }
