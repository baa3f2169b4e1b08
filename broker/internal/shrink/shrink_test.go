package shrink

import "testing"

// A map that had many entries does not keep their memory, and loses none that are left.
func TestShrinking(t *testing.T) {
	const many = 50_000
	var m Map[int, int]
	for n := range many {
		m.Set(n, -n)
	}
	for n := range many - 100 {
		m.Remove(n)
	}
	if m.most > 4*least || len(m.All) != 100 {
		t.Errorf("it has room for %d entries and has %d", m.most, len(m.All))
	}
	for n := many - 100; n < many; n++ {
		if m.All[n] != -n {
			t.Errorf("%d: %d", n, m.All[n])
		}
	}
}
