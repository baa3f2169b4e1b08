package columns

import (
	"cmp"
	"slices"

	"joltui/internal/jsontree"
)

// The bounds of what is looked at to choose columns.
const (
	Sample    = 100      // messages; see [Table.Choose]
	readBytes = 16 << 10 // of each payload, here and in a row
	maxLevels = 4        // of objects in objects
)

// Message is a message in a table.
type Message struct {
	Number uint64 // its own, among all messages
	Data   string // its payload
}

// Use is a field of the messages that were looked at.
type Use struct {
	Path    string
	Objects int    // how many had it
	Example string // its latest value, as JSON. Untrusted
	at      int    // where it stood in the first object that had it
}

// Uses returns the fields of those messages that are objects, the most used first, and how
// many objects there are. A field in an object is one, an array is one as a whole.
func Uses(messages []Message) (all []Use, objects int) {
	known := make(map[string]int)
	for _, m := range messages {
		data := m.Data
		tree := jsontree.Parse(data[:min(len(data), readBytes)], readBytes)
		if tree.Len() == 0 || tree.Kind(0) != jsontree.Object || tree.Err() != nil && len(data) <= readBytes {
			continue
		}
		objects++
		at := 0
		leaves(tree, 0, maxLevels, func(n int) {
			path := tree.Path(n)
			i, ok := known[path]
			if !ok {
				i = len(all)
				known[path] = i
				all = append(all, Use{Path: path, at: at})
			}
			all[i].Objects++
			all[i].Example = tree.Value(n)
			at++
		})
	}
	slices.SortStableFunc(all, func(a, b Use) int { return cmp.Or(b.Objects-a.Objects, a.at-b.at) })
	return all, objects
}

// leaves calls do with the fields in an object that are no objects with something in them.
func leaves(t *jsontree.Tree, n, levels int, do func(n int)) {
	for child := t.First(n); child != jsontree.None; child = t.After(child) {
		if t.Kind(child) == jsontree.Object && t.First(child) != jsontree.None && levels > 1 {
			leaves(t, child, levels-1, do)
			continue
		}
		do(child)
	}
}

// Choose chooses the columns by what messages have, the latest last, unless the user has
// chosen them, or enough objects were seen before: the fields with the widest use, and of
// those as widely used the first ones in the messages. Columns that are there stay where they are.
func (t *Table) Choose(messages []Message) {
	if t.Chosen || t.Seen >= Sample {
		return
	}
	uses, objects := Uses(messages)
	if objects <= t.Seen {
		return
	}
	t.Seen = objects
	// What less than a tenth of the objects have would be an empty column most of the time.
	uses = slices.DeleteFunc(uses, func(u Use) bool { return 10*u.Objects < objects })
	uses = uses[:min(len(uses), maxColumns)]
	for _, u := range uses {
		c, err := newColumn(u.Path)
		if err == nil && len(t.Columns) < maxColumns && !slices.ContainsFunc(t.Columns, func(other Column) bool { return other.number == c.number }) {
			t.Columns = append(t.Columns, c)
			t.changed++
		}
	}
}
