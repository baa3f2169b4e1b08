package diff

import (
	"sort"
	"strings"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/views/columns"
)

// The bounds of the search for a message with the same key: 5 ms.
const (
	mostMessages = 10_000
	mostBytes    = 4 << 20
	mostGuessed  = 2_000 // messages, for each key that is guessed
)

// OpenKeyed compares a message with the latest one before it that has the same value of a
// field, a path as .order.id. If key is empty, it is guessed: a field of the message that is
// called id, or key, or ends with _id, and whose value came before. If no message has the same
// value, the message is compared with the one before it, as [Page.Open] does.
func (p *Page) OpenKeyed(e feed.Entry, f *feed.Feed, key string) {
	keys, most := []string{key}, mostMessages
	if key == "" {
		keys, most = guesses(e.Data), mostGuessed
	}
	for _, path := range keys {
		if before := sameKey(f, &e, path, most); before != nil {
			p.show(pair{before: *before, after: e, found: true, key: path})
			return
		}
	}
	of := pairOf(e, f)
	of.alone = key
	p.show(of)
}

// OpenPair compares two messages, of which one came after the other.
func (p *Page) OpenPair(before, after feed.Entry) {
	p.show(pair{before: before, after: after, found: true})
}

// guesses returns the fields of a payload that may say what it is about, the likeliest first.
func guesses(data string) (all []string) {
	uses, _ := columns.Uses([]columns.Message{{Data: data}})
	for rank := range 3 {
		for _, u := range uses {
			name := u.Path[strings.LastIndexByte(u.Path, '.')+1:]
			plain := strings.Count(u.Path, ".") == 1
			switch {
			case rank == 0 && u.Path == ".id", rank == 1 && u.Path == ".key", rank == 2 && plain && strings.HasSuffix(name, "_id"):
				all = append(all, u.Path)
			}
		}
	}
	return all
}

// sameKey returns the latest message before e on its topic with the same value at a path.
func sameKey(f *feed.Feed, e *feed.Entry, path string, most int) *feed.Entry {
	columns, err := columns.Parse(path)
	t := f.Topic(e.Topic)
	if err != nil || len(columns) == 0 || t == nil {
		return nil
	}
	key := columns[0].ValueOf(e.Data)
	if key.None || key.JSON == "null" {
		return nil
	}
	rows, bytes := t.History().Window(), 0
	for pos := position(rows, e.Seq); pos > rows.First() && most > 0 && bytes < mostBytes; most-- {
		pos--
		other := rows.At(pos)
		bytes += len(other.Data)
		// To look for the text first takes a tenth of the time of reading it; a number that is
		// written in another way is another one.
		if other.Gap == nil && strings.Contains(other.Data, key.JSON) && columns[0].ValueOf(other.Data).Compare(key) == 0 {
			return other
		}
	}
	return nil
}

// keyWords says why a message is compared with the one that it is.
func (p *Page) keyWords() string {
	switch of := &p.pair; {
	case of.key != "":
		return "the one before with the same " + printable.Prefix(of.key, 40)
	case of.alone != "" && of.found:
		return "none before has the same " + printable.Prefix(of.alone, 40) + ": compared with the one before"
	default:
		return ""
	}
}

// position returns that of the first row whose arrival number is at least seq.
func position(rows feed.Window, seq uint64) uint64 {
	return rows.First() + uint64(sort.Search(rows.Len(), func(i int) bool {
		return rows.At(rows.First()+uint64(i)).Seq >= seq
	}))
}
