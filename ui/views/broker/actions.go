package broker

import (
	"joltui/internal/feed"
	"joltui/internal/monitor"
	"joltui/internal/system"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns what can be done on the page of the broker, if it can be asked.
func Actions(any bool) keys.Set[*Page] {
	place, on := Place(), func(*Page) bool { return any }
	return keys.Set[*Page]{
		{Name: "broker.next", Where: place, Key: keys.Bind("tab", "next list", "tab", "right", "l"), On: on, Why: (*Page).unknown, Run: keys.Do((*Page).next)},
		{Name: "broker.previous", Where: place, Key: keys.Bind("shift+tab", "previous list", "shift+tab", "left", "h"), On: on, Why: (*Page).unknown, Run: keys.Do((*Page).previous)},
		{Name: "broker.subscribe", Where: place, Key: keys.Bind("enter", "subscribe", "enter"), On: on, Run: (*Page).subscribe},
		{Name: "broker.mark", Where: place, Key: keys.Bind("space", "mark", " "), On: on, Run: keys.Plain((*Page).mark)},
		{Name: "broker.sort", Where: place, Key: keys.Bind("o", "sort", "o"), On: on, Why: (*Page).unknown, Run: keys.Plain((*Page).sort)},
		{Name: "broker.find", Where: place, Key: keys.Bind("/", "find", "/"), On: on, Why: (*Page).unknown, Run: keys.Plain((*Page).find)},
		{
			Name: "broker.disconnect", Where: place, Key: keys.Bind("X", "disconnect a client", "X"), On: on, Loses: true,
			Run: keys.Plain((*Page).disconnect),
		},
		{Name: "broker.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "B"), On: on, Run: keys.Plain((*Page).leave)},
	}
}

// unknown says that there are no lists, because the broker has told nothing.
func (p *Page) unknown(*feed.Feed) string {
	if p.known.Broker == nil && p.known.State != monitor.Offered {
		return "the broker has told nothing of itself"
	}
	return ""
}

// Place is where these actions work.
func Place() keys.Place { return keys.Page("Broker") }

// What the page asks for.
type (
	// Subscribe asks for topics. What they bring is what the user wants to see next.
	Subscribe struct{ Topics []string }
	// Disconnect asks the broker to end the connection of a client.
	Disconnect struct{ Client system.Client }
)

func (Subscribe) Intent()  {}
func (Disconnect) Intent() {}

func (p *Page) next()     { p.on = (p.on + 1) % lists }
func (p *Page) previous() { p.on = (p.on + lists - 1) % lists }

// subscribe asks for the marked topics, or else for the one under the cursor.
func (p *Page) subscribe(*feed.Feed) kit.Intent {
	if p.on != topicList {
		return kit.Say{Text: "only topics can be subscribed to: " + kit.Press(p.actions.Key("broker.next"), "goes to their list")}
	}
	all := p.markedTopics()
	if len(all) == 0 {
		topic, any := p.topics.Current()
		if !any {
			return kit.Say{Text: "there is no topic to subscribe to"}
		}
		all = []string{topic.Topic}
	}
	p.marked = nil
	return Subscribe{all}
}

// mark marks the topic under the cursor, or takes its mark away, and goes on to the next.
func (p *Page) mark() kit.Intent {
	topic, any := p.topics.Current()
	if p.on != topicList || !any {
		return kit.Say{Text: "only topics can be marked"}
	}
	if p.marked[topic.Topic] {
		delete(p.marked, topic.Topic)
	} else {
		if p.marked == nil {
			p.marked = make(map[string]bool)
		}
		p.marked[topic.Topic] = true
	}
	p.topics.Move(kit.Down)
	return nil
}

func (p *Page) sort() kit.Intent {
	switch p.on {
	case topicList:
		p.topics.Turn()
	case clientList:
		p.clients.Turn()
	default:
		return kit.Say{Text: "events stay in the order in which they happened"}
	}
	return nil
}

// disconnect asks for the end of the connection under the cursor.
func (p *Page) disconnect() kit.Intent {
	client, any := p.clients.Current()
	switch {
	case p.on != clientList:
		return kit.Say{Text: "only clients can be disconnected: " + kit.Press(p.actions.Key("broker.next"), "goes to their list")}
	case !any:
		return kit.Say{Text: "there is no client to disconnect"}
	default:
		return Disconnect{client}
	}
}

// find asks which rows are to be shown. Each text is tried as it is typed.
func (p *Page) find() kit.Intent {
	show := func(text string) kit.Intent {
		p.setFind(text)
		return nil
	}
	return kit.Ask{Question: kit.Question{
		Label: "find / ", Hint: "a part of a topic, an address, a user or an event", Text: p.text, Live: show, Accept: show,
	}}
}

// leave takes back what narrows the list, then the marks, then closes the page.
func (p *Page) leave() kit.Intent {
	switch {
	case p.text != "":
		p.setFind("")
	case len(p.marked) > 0:
		p.marked = nil
	default:
		return kit.Leave{}
	}
	return nil
}
