package keys

import "strings"

// Place is where the keys of an action work. In each place a key means one action at most,
// counting those of wider places that work there, too; see [Table.Remap].
type Place struct {
	name string
	kind kind
}

type kind uint8

const (
	always    kind = iota
	anywhere       // except where the user types or answers a question
	moving         // as anywhere, for the keys of a [kit.Move]
	dashboard      // all regions of the dashboard
	region         // one region of the dashboard
	box            // a region where characters are text
	page
	typing // a page where characters are text, or the prompt
	asking // a question that only a few keys answer
)

// Always returns the place that is everywhere, even while the user types.
func Always() Place { return Place{"always", always} }

// Anywhere returns the place that is everywhere except where the user types or answers a
// question.
func Anywhere() Place { return Place{"anywhere", anywhere} }

// Dashboard returns the place that is all regions of the dashboard.
func Dashboard() Place { return Place{"dashboard", dashboard} }

// Region returns a region of the dashboard, by its title.
func Region(title string) Place { return Place{title, region} }

// Box returns a region of the dashboard where characters are text, by its title.
func Box(title string) Place { return Place{title, box} }

// Page returns a page over the dashboard, by its title.
func Page(title string) Place { return Place{title, page} }

// Typing returns a page where characters are text, or the prompt, by its title.
func Typing(title string) Place { return Place{title, typing} }

// Asking returns a question that is answered with a key, by its title.
func Asking(title string) Place { return Place{title, asking} }

// move returns the place of the keys that move a cursor or scroll.
func move() Place { return Place{"anywhere", moving} }

// String returns what users call the place.
func (p Place) String() string { return strings.ToLower(p.name) }

// covers reports whether the keys of p work in a place.
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

// OfOnePlace reports whether p is a single region, box or page.
func (p Place) OfOnePlace() bool { return p.kind >= region }

// OnDashboard reports whether p is the dashboard, one of its regions, or everywhere. The
// palette offers such actions on each page: it closes the page and runs them.
func (p Place) OnDashboard() bool { return p.kind <= box }
