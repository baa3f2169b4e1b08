package ui

import (
	"errors"
	"net"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/frame"
	"joltui/ui/views/welcome"
)

// OwnBroker is a broker that this program runs itself, at the address that the client tries.
type OwnBroker interface {
	// Refusal says why there can be none at that address, in a few words, or "". It does not
	// block.
	Refusal() string
	// Start starts it; with sample, services publish sample traffic to the topics that it
	// returns. The error says what is wrong, and what to do. It may block for a second: it is
	// called in commands.
	Start(sample bool) (topics []string, err error)
	// Status returns how it is. It does not block.
	Status() OwnStatus
}

// OwnStatus is how an [OwnBroker] is.
type OwnStatus struct {
	Addr   string // where it listens; empty while there is none
	Here   bool   // the client of this dashboard connects to it
	Others int    // clients of other programs that are connected
	Err    error  // why it has ended by itself
}

// hosting is the feature that starts a broker within this program where there is none, and
// says that it is there.
type hosting struct {
	*desk
	subscribing *subscribing
	touring     *touring
	set         keys.Set[*hosting]
	status      OwnStatus // of the latest second
	starting    bool
	refused     error    // why the latest start failed
	topics      []string // of sample services, to subscribe to once there is a connection
}

func newHosting(d *desk, subscribing *subscribing, touring *touring) *hosting {
	place, on := keys.Dashboard(), func(h *hosting) bool { return h.options.OwnBroker != nil }
	h := &hosting{desk: d, subscribing: subscribing, touring: touring, set: keys.Set[*hosting]{
		{Name: "start.broker", Group: "Do", Where: place, Key: keys.Bind("H", "start a broker here", "H"), On: on,
			Off: d.noMachine("this dashboard cannot start a broker"), Why: (*hosting).whyNot, Run: keys.Cmd(func(h *hosting) tea.Cmd { return h.begin(false) })},
		{Name: "start.demo", Group: "Do", Where: place, Key: keys.Bind("T", "try the demo here", "T"), On: on,
			Off: d.noMachine("this dashboard cannot start a broker"), Why: (*hosting).whyNot, Run: keys.Cmd(func(h *hosting) tea.Cmd { return h.begin(true) })},
	}}
	h.look()
	return h
}

func (h *hosting) entries() keys.Table { return h.set.Entries(func() *hosting { return h }) }

// look asks the broker how it is.
func (h *hosting) look() {
	if h.options.OwnBroker != nil {
		h.status = h.options.OwnBroker.Status()
	}
}

// whyNot says why no broker can be started here and now, or "".
func (h *hosting) whyNot(f *feed.Feed) string {
	var dial *net.OpError
	c := f.Connection()
	switch {
	case h.starting:
		return "it is being started"
	case h.status.Addr != "":
		return "this program runs a broker already, at " + h.status.Addr
	case c.State == jolt.Up:
		return "there is a broker already: this dashboard is connected to it"
	case h.options.OwnBroker.Refusal() != "":
		return h.options.OwnBroker.Refusal()
	case !h.neverConnected():
		return "this is for where no broker was found"
	case c.State == jolt.Closed, !errors.As(c.Cause, &dial), dial.Op != "dial":
		return "something answers at " + printable.Line(h.options.Addr)
	}
	return ""
}

// hostedMsg is the result of starting a broker.
type hostedMsg struct {
	topics []string
	sample bool
	err    error
}

// begin starts a broker, with the services of the demo if sample.
func (h *hosting) begin(sample bool) tea.Cmd {
	own := h.options.OwnBroker
	if own == nil {
		h.sayFailed("no broker started: " + h.noMachine("this dashboard cannot start one"))
		return nil
	}
	h.starting, h.refused = true, nil
	return func() tea.Msg {
		topics, err := own.Start(sample)
		return hostedMsg{topics, sample, err}
	}
}

func (h *hosting) take(msg tea.Msg) (tea.Cmd, bool) {
	hosted, ok := msg.(hostedMsg)
	if !ok {
		return nil, false
	}
	h.starting, h.refused = false, hosted.err
	h.look()
	if hosted.err != nil {
		h.fail("no broker started: " + printable.Line(hosted.err.Error()))
		return nil, true
	}
	h.topics = hosted.topics
	h.note("broker started at " + printable.Line(h.status.Addr) + ", within this program: it ends with the dashboard")
	if hosted.sample {
		h.touring.begin()
	}
	return nil, true
}

// tick looks once a second how the broker is, and tells that it has ended.
func (h *hosting) tick() tea.Cmd {
	before := h.status
	h.look()
	if h.status.Err != nil && before.Err == nil {
		h.sayFailed("the broker of this program has ended: " + printable.Line(h.status.Err.Error()))
	}
	return nil
}

// settle subscribes to what the sample services publish once there is a connection, and tells
// the page what it can offer.
func (h *hosting) settle() tea.Cmd {
	h.welcome.SetOwn(h.choices())
	if len(h.topics) == 0 || h.feed.Connection().State != jolt.Up {
		return nil
	}
	var missing []string
	for _, topic := range h.topics {
		if h.feed.Topic(topic) == nil {
			missing = append(missing, topic)
		}
	}
	h.topics = nil
	return h.subscribing.subscribe(missing)
}

// choices are what the page without a broker offers.
func (h *hosting) choices() welcome.Own {
	if h.options.OwnBroker == nil {
		return welcome.Own{}
	}
	own := welcome.Own{Starting: h.starting, Err: h.refused, Refusal: h.options.OwnBroker.Refusal()}
	if h.status.Here {
		own.Addr = h.status.Addr
	}
	if h.whyNot(h.feed) == "" {
		own.Broker, own.Demo = h.key("start.broker"), h.key("start.demo")
	} else {
		own.Broker, own.Demo = key.NewBinding(key.WithDisabled()), key.NewBinding(key.WithDisabled())
	}
	return own
}

// tell shows in the header that the broker is that of this program.
func (h *hosting) tell(info *frame.Info) { info.Own = h.status.Here }

// keeps names the broker, if others are connected to it. It outlives a change to another
// profile.
func (h *hosting) keeps(all bool) []string {
	h.look()
	if all || h.status.Others == 0 {
		return nil
	}
	return []string{"the broker, with " + human.Counted(uint64(h.status.Others), "other client")}
}
