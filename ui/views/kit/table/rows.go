package table

import (
	"slices"

	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// Order is a way to sort rows.
type Order[T any] struct {
	Name string
	Less func(a, b T) int // as of [slices.SortFunc]; 0 leaves them in the order of [Rows.Set]
}

// Rows are things in an order that the user chooses, with a cursor that stays on its thing
// while others come, go and change places. Each thing is known by its key.
type Rows[T any, K comparable] struct {
	All     []T // in order; not to be changed
	List    kit.List
	Longest int // of the names, in cells, up to a bound
	orders  []Order[T]
	key     func(T) K
	name    func(T) string
	by      int // among orders
}

// longestName is the widest that the column of names gets where there is room, in cells.
const longestName = 60

// New returns no rows yet, in the first of the orders. The names may be untrusted.
func New[T any, K comparable](orders []Order[T], key func(T) K, name func(T) string) Rows[T, K] {
	return Rows[T, K]{orders: orders, key: key, name: name}
}

// Set replaces the things. What is selected stays selected, and on its line, unless that is
// the top of the list: at the top one watches the top.
func (r *Rows[T, K]) Set(all []T) {
	was, any := r.Current()
	line := r.List.At() - min(r.List.Top(), r.List.At())
	r.All = slices.Clone(all)
	slices.SortStableFunc(r.All, r.Order().Less)
	r.Longest = 0
	for _, t := range r.All {
		r.Longest = max(r.Longest, min(kit.Width(printable.Name(r.name(t), longestName)), longestName))
	}
	r.List.SetRows(0, uint64(len(r.All)))
	if !any || r.List.At() == 0 && line == 0 {
		return
	}
	at := slices.IndexFunc(r.All, func(t T) bool { return r.key(t) == r.key(was) })
	if at >= 0 {
		r.List.Renumber(uint64(at), uint64(at)-min(line, uint64(at)))
	}
}

// Turn sorts in the next way.
func (r *Rows[T, K]) Turn() {
	r.by = (r.by + 1) % len(r.orders)
	r.Set(r.All)
}

// Order is how the rows are sorted.
func (r *Rows[T, K]) Order() Order[T] { return r.orders[r.by] }

// Current is the thing under the cursor.
func (r *Rows[T, K]) Current() (t T, any bool) {
	if len(r.All) == 0 {
		return t, false
	}
	return r.All[min(r.List.At(), uint64(len(r.All)-1))], true
}

// Move moves the cursor.
func (r *Rows[T, K]) Move(by kit.Move) {
	r.List.SetRows(0, uint64(len(r.All)))
	if len(r.All) > 0 {
		r.List.Move(by)
	}
}
