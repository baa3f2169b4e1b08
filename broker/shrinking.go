package broker

// shrinking is a map that gives memory back. Go's maps keep the memory of the most
// entries they ever had: a million topics that are gone would go on taking 250 MB.
type shrinking[K comparable, V any] struct {
	all  map[K]V // nil while empty
	most int     // entries since it was made
}

// leastShrunk is below what a map is not worth the copying.
const leastShrunk = 1024

func (m *shrinking[K, V]) set(key K, value V) {
	if m.all == nil {
		m.all = make(map[K]V)
	}
	m.all[key] = value
	m.most = max(m.most, len(m.all))
}

func (m *shrinking[K, V]) remove(key K) {
	delete(m.all, key)
	if m.most < leastShrunk || len(m.all) > m.most/4 {
		return
	}
	left := make(map[K]V, len(m.all))
	for k, v := range m.all {
		left[k] = v
	}
	m.all, m.most = left, len(left)
}
