package broker

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/monitor"
	"joltui/internal/system"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/table"
)

// list is one of those that share the page.
type list int

const (
	topicList list = iota
	clientList
	eventList
	lists // how many
)

// Page shows a broker: what it is and whether there is trouble, above one of three lists.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int

	known   *monitor.Snapshot
	on      list
	topics  table.Rows[system.Topic, string]
	clients table.Rows[system.Client, uint64]
	events  []system.Event // those that are found
	at      kit.List       // among events
	marked  map[string]bool
	text    string // what is to be found; empty is all
}

// New returns the page of a broker of which nothing is known yet.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	topic := func(t system.Topic) string { return t.Topic }
	return &Page{
		styles: s, actions: a, moves: m, at: kit.NewFollowing(), known: new(monitor.Snapshot),
		topics: table.New(topicOrders(), topic, topic),
		clients: table.New(clientOrders(), func(c system.Client) uint64 { return c.ID },
			func(c system.Client) string { return c.Address }),
	}
}

// Show takes what is known now. What is selected stays selected, and on its line.
func (p *Page) Show(s *monitor.Snapshot) {
	p.known = s
	p.narrow()
}

// setFind shows only what has a text in it, in either case.
func (p *Page) setFind(text string) {
	p.text = text
	p.narrow()
}

func (p *Page) narrow() {
	p.topics.Set(p.found(p.known.Topics))
	var clients []system.Client
	for _, c := range p.known.Clients {
		if p.finds(c.Address, c.User) {
			clients = append(clients, c)
		}
	}
	p.clients.Set(clients)
	p.events = p.events[:0]
	for _, e := range p.known.Events {
		if p.finds(append(p.eventTexts(e), e.Address, e.User)...) {
			p.events = append(p.events, e)
		}
	}
	p.at.SetRows(0, uint64(len(p.events)))
}

func (p *Page) found(all []system.Topic) (found []system.Topic) {
	for _, t := range all {
		if p.finds(t.Topic) {
			found = append(found, t)
		}
	}
	return found
}

func (p *Page) finds(texts ...string) bool {
	text := strings.ToLower(p.text)
	return text == "" || slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), text) })
}

// markedTopics are those that are marked and still there, by name.
func (p *Page) markedTopics() (all []string) {
	for _, t := range p.known.Topics {
		if p.marked[t.Topic] {
			all = append(all, t.Topic)
		}
	}
	return all
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// Update does what a key means here.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the cursor of the list on show.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	switch p.on {
	case topicList:
		p.topics.Move(by)
	case clientList:
		p.clients.Move(by)
	default:
		p.at.Move(by)
	}
	return nil
}

// Entries are the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place is where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	switch {
	case p.known.State != monitor.Offered:
		return p.actions.Keys("broker.leave")
	case p.on == topicList:
		return p.actions.Keys("broker.subscribe", "broker.mark", "broker.next", "broker.find", "broker.sort", "broker.leave")
	case p.on == clientList:
		return p.actions.Keys("broker.next", "broker.disconnect", "broker.find", "broker.sort", "broker.leave")
	default:
		return p.actions.Keys("broker.next", "broker.find", "broker.leave")
	}
}

// brokerTime is what the broker's clock says now: its times are compared with it, since
// ours may be another.
func (p *Page) brokerTime(now time.Time) time.Time {
	if p.known.Broker == nil {
		return now
	}
	return p.known.Broker.Time.Add(max(now.Sub(p.known.At), 0))
}
