package feed

import (
	"fmt"
	"slices"

	"joltui/internal/human"
)

// maxPins is how many messages can be pinned at a time.
const maxPins = 100

// Pins are messages that stay, whatever the histories give up: those that the user has
// marked. They are in the order of their arrival. With each stays the message before it on
// its topic, if there is room, to compare it with.
type Pins struct {
	all      []pin
	bytes    int
	revision uint64
}

// pin is a pinned message, and what came before it on its topic.
type pin struct {
	entry  *Entry
	before *Entry // nil: not held, or there was no room
	gap    *Gap   // between the two
}

func (p *pin) cost() int {
	if p.before == nil {
		return p.entry.cost()
	}
	return p.entry.cost() + p.before.cost()
}

// Pins returns the pinned messages.
func (f *Feed) Pins() *Pins { return &f.pins }

// TogglePin pins a message, or lets it go again. The error says that there is no room, and
// what to do.
func (f *Feed) TogglePin(e *Entry) error {
	p := &f.pins
	i, pinned := p.find(e.Seq)
	switch {
	case pinned:
		p.bytes -= p.all[i].cost()
		p.all = slices.Delete(p.all, i, i+1)
		p.revision++
		return nil
	case len(p.all) >= maxPins:
		return fmt.Errorf("no room for more than %d marks: remove some first", maxPins)
	}
	kept := *e
	one := pin{entry: &kept}
	if p.bytes+one.cost() > f.limits.PinBytes {
		return fmt.Errorf("no room: marked messages may take %s together: remove some marks first", human.Bytes(uint64(f.limits.PinBytes)))
	}
	if near := f.Neighbour(e, -1); near.Entry != nil && !near.Apart && p.bytes+one.cost()+near.Entry.cost() <= f.limits.PinBytes {
		before := *near.Entry
		one.before, one.gap = &before, near.Gap
	}
	p.all = slices.Insert(p.all, i, one)
	p.bytes += one.cost()
	p.revision++
	return nil
}

// find returns the index of the pin with an arrival number, or where it would be.
func (p *Pins) find(seq uint64) (i int, pinned bool) {
	return slices.BinarySearchFunc(p.all, seq, func(a pin, seq uint64) int {
		switch {
		case a.entry.Seq < seq:
			return -1
		case a.entry.Seq > seq:
			return 1
		default:
			return 0
		}
	})
}

// Has reports whether the message with an arrival number is pinned.
func (p *Pins) Has(seq uint64) bool {
	_, pinned := p.find(seq)
	return pinned
}

// Bytes returns what the pinned messages take of [Limits.PinBytes].
func (p *Pins) Bytes() int { return p.bytes }

// Revision changes whenever a message is pinned or let go.
func (p *Pins) Revision() uint64 { return p.revision }

// Of returns the pinned messages of some topics, oldest first. The caller must not change
// them.
func (p *Pins) Of(of Topics) []*Entry {
	var some []*Entry
	for i := range p.all {
		if e := p.all[i].entry; of.have(e) {
			some = append(some, e)
		}
	}
	return some
}
