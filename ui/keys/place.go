package keys

import "strings"

// Place is where the keys of an action work. Two actions of one place share no key, and
// none has a key of those that work there from elsewhere; see [Table.Remap].
type Place struct {
	name string
	kind kind
}

type kind uint8

const (
	always    kind = iota
	anywhere       // but where something is typed or asked
	moving         // as anywhere; the keys of a [kit.Move]
	dashboard      // in all regions
	region         // a part of the dashboard
	box            // one where characters are text
	page
	typing // a page where characters are text, or the prompt
	asking // nothing but a few answers is understood
)

// Always is everywhere, also while something is typed.
func Always() Place { return Place{"always", always} }

// Anywhere is everywhere but where something is typed or asked.
func Anywhere() Place { return Place{"anywhere", anywhere} }

// Dashboard is each of its regions.
func Dashboard() Place { return Place{"dashboard", dashboard} }

// Region is a part of the dashboard, by its title.
func Region(title string) Place { return Place{title, region} }

// Box is a part of the dashboard where characters are text, by its title.
func Box(title string) Place { return Place{title, box} }

// Page is a page over the dashboard, by its title.
func Page(title string) Place { return Place{title, page} }

// Typing is a page where characters are text, or the prompt, by its title.
func Typing(title string) Place { return Place{title, typing} }

// Asking is a question to be answered with a key, by its title.
func Asking(title string) Place { return Place{title, asking} }

// move is the place of the keys that move a cursor or scroll.
func move() Place { return Place{"anywhere", moving} }

// String is what users call the place.
func (p Place) String() string { return strings.ToLower(p.name) }

// covers reports whether the keys of actions of p can be pressed in a place.
func (p Place) covers(in Place) bool {
	switch {
	case p == in, p.kind == always:
		return true
	case p.kind == anywhere, p.kind == moving:
		return in.kind != box && in.kind != typing && in.kind != asking && in.kind != always
	default:
		return p.kind == dashboard && in.kind == region
	}
}

// whileTyping reports whether the keys of p work where characters are text.
func (p Place) whileTyping() bool { return p.kind == always || p.kind == box || p.kind == typing }

// OnDashboard reports whether p is the dashboard, one of its regions, or everywhere:
// such actions can be run from each page, after it was left.
func (p Place) OnDashboard() bool { return p.kind <= box }
