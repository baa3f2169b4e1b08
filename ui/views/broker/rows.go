package broker

import (
	"slices"

	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// order is a way to sort rows.
type order[T any] struct {
	name string
	less func(a, b T) int // as of [slices.SortFunc]; 0 leaves them as the broker told them
}

// rows are things in an order that the user chooses, with a cursor that stays on its thing
// while others come, go and change places. Each thing is known by its key.
type rows[T any, K comparable] struct {
	all     []T
	list    kit.List
	key     func(T) K
	name    func(T) string // untrusted
	longest int            // name, in cells, up to longestName
	orders  []order[T]
	by      int // among orders
}

// longestName is the widest that the column of names gets where there is room, in cells.
const longestName = 60

// set replaces the things.
func (r *rows[T, K]) set(all []T) {
	was, any := r.current()
	line := r.list.At() - min(r.list.Top(), r.list.At())
	r.all = slices.Clone(all)
	slices.SortStableFunc(r.all, r.order().less)
	r.longest = 0
	for _, t := range r.all {
		r.longest = max(r.longest, min(kit.Width(printable.Name(r.name(t), longestName)), longestName))
	}
	r.list.SetRows(0, uint64(len(r.all)))
	if !any || r.list.At() == 0 && line == 0 {
		return // at the top one watches the top
	}
	at := slices.IndexFunc(r.all, func(t T) bool { return r.key(t) == r.key(was) })
	if at >= 0 {
		r.list.Renumber(uint64(at), uint64(at)-min(line, uint64(at)))
	}
}

// turn sorts in the next way.
func (r *rows[T, K]) turn() {
	r.by = (r.by + 1) % len(r.orders)
	r.set(r.all)
}

func (r *rows[T, K]) order() order[T] { return r.orders[r.by] }

// current is the thing under the cursor.
func (r *rows[T, K]) current() (t T, any bool) {
	if len(r.all) == 0 {
		return t, false
	}
	return r.all[min(r.list.At(), uint64(len(r.all)-1))], true
}

func (r *rows[T, K]) move(by kit.Move) {
	r.list.SetRows(0, uint64(len(r.all)))
	if len(r.all) > 0 {
		r.list.Move(by)
	}
}
