package columns

import (
	"encoding/json"
	"maps"
	"slices"
)

// Book has the tables of all topics; "" is that of all topics together.
type Book struct{ tables map[string]*Table }

// NewBook returns a book in which no table is on.
func NewBook() *Book { return &Book{make(map[string]*Table)} }

// Find returns the table of a topic; nil if it has never been asked for with [Book.Of].
func (b *Book) Find(topic string) *Table { return b.tables[topic] }

// Of returns the table of a topic, which may be changed.
func (b *Book) Of(topic string) *Table {
	t := b.tables[topic]
	if t == nil {
		t = new(Table)
		b.tables[topic] = t
	}
	return t
}

// Kept is the tables that a user has changed, as they are kept from one run to the next: a
// text of JSON, so that two of them can be compared. The zero value is none.
type Kept string

// maxKept bounds how many tables are kept.
const maxKept = 200

// keptTable is a table in a [Kept].
type keptTable struct {
	On      bool     `json:"on,omitempty"`
	Columns string   `json:"columns,omitempty"` // those that the user has chosen
	Rules   []string `json:"rules,omitempty"`
	Key     string   `json:"key,omitempty"`
}

// MarshalJSON returns the text.
func (k Kept) MarshalJSON() ([]byte, error) {
	if k == "" {
		return []byte("null"), nil
	}
	return []byte(k), nil
}

// UnmarshalJSON takes any text. What of it is no table is found by [Book.Use].
func (k *Kept) UnmarshalJSON(text []byte) error {
	*k = ""
	if string(text) != "null" {
		*k = Kept(text)
	}
	return nil
}

// Keep returns the tables that are to be kept.
func (b *Book) Keep() Kept {
	kept := make(map[string]keptTable)
	for _, topic := range slices.Sorted(maps.Keys(b.tables)) {
		t := b.tables[topic]
		one := keptTable{On: t.On, Key: t.Key}
		if t.Chosen {
			one.Columns = t.Text()
		}
		for _, r := range t.Rules {
			one.Rules = append(one.Rules, r.String())
		}
		if (one.On || one.Columns != "" || one.Key != "" || one.Rules != nil) && len(kept) < maxKept {
			kept[topic] = one
		}
	}
	if len(kept) == 0 {
		return ""
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return "" // maps of texts can always be written
	}
	return Kept(text)
}

// Use replaces the tables by those that were kept. The error, in one line, is for the first
// that is not valid; those that are valid are used.
func (b *Book) Use(k Kept) error {
	b.tables = make(map[string]*Table)
	if k == "" {
		return nil
	}
	var kept map[string]keptTable
	if err := json.Unmarshal([]byte(k), &kept); err != nil {
		return err
	}
	var first error
	for _, topic := range slices.Sorted(maps.Keys(kept)) {
		if err := b.use(topic, kept[topic]); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (b *Book) use(topic string, kept keptTable) error {
	all, err := Parse(kept.Columns)
	if err != nil {
		return err
	}
	t := b.Of(topic)
	if len(all) > 0 {
		t.Set(all)
	}
	t.On = kept.On
	if _, err := Parse(kept.Key); err != nil {
		return err
	}
	t.Key = kept.Key
	for _, text := range kept.Rules {
		r, err := ParseRule(text)
		if err != nil {
			return err
		}
		t.SetRules(append(t.Rules, r))
	}
	return nil
}
