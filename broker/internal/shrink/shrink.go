package shrink

// Map is a map that gives memory back. Go's maps keep the memory of the most
// entries they ever had: a million topics that are gone would go on taking 250 MB.
// The zero value is empty.
type Map[K comparable, V any] struct {
	All  map[K]V // to be read only; nil while empty
	most int     // entries since it was made
}

// least is below what a map is not worth the copying.
const least = 1024

// Set adds an entry, or replaces its value.
func (m *Map[K, V]) Set(key K, value V) {
	if m.All == nil {
		m.All = make(map[K]V)
	}
	m.All[key] = value
	m.most = max(m.most, len(m.All))
}

// Remove removes an entry, if there is one.
func (m *Map[K, V]) Remove(key K) {
	delete(m.All, key)
	if m.most < least || len(m.All) > m.most/4 {
		return
	}
	left := make(map[K]V, len(m.All))
	for k, v := range m.All {
		left[k] = v
	}
	m.All, m.most = left, len(left)
}
