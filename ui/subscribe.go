package ui

import (
	"fmt"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/topics"
)

// subscribeAtOnce is how many subscriptions the client has at a time. It sends them one
// after the other, and each must have its reply within requestTimeout from the moment the
// client gets it.
const subscribeAtOnce = 32

// subscribing is the feature that subscribes and unsubscribes, and keeps groups of topics.
type subscribing struct {
	*desk
	set     keys.Set[*subscribing]
	groups  topics.Groups
	givenUp []string // the topics unsubscribed last, which are suggested again
	offered []string // topics that the broker has, as far as it tells
	asked   bool     // the prompt that is open asks for topics
}

func newSubscribing(d *desk) *subscribing {
	place := keys.Dashboard()
	return &subscribing{desk: d, set: keys.Set[*subscribing]{
		{Name: "subscribe", Group: "Do", Where: place, Key: keys.Bind("s", "subscribe", "s"), Run: keys.Do((*subscribing).askTopics)},
		{Name: "unsubscribe", Group: "Do", Where: place, Key: keys.Bind("u", "unsubscribe", "u"), Loses: true, Why: (*subscribing).whyNotUnsubscribe, Run: keys.Cmd((*subscribing).unsubscribeCurrent)},
		{Name: "group.save", Group: "Do", Where: place, Key: keys.Bind("S", "save topics as group", "S"), Why: (*subscribing).whyNoGroup, Run: keys.Do((*subscribing).askGroup)},
	}}
}

func (s *subscribing) entries() keys.Table { return s.set.Entries(func() *subscribing { return s }) }

func (s *subscribing) start() tea.Cmd { return s.loadGroups() }

func (s *subscribing) carry(in kit.Intent) (tea.Cmd, bool) {
	if all, ok := in.(topics.UnsubscribeAll); ok {
		return s.askUnsubscribeAll(all), true
	}
	return nil, false
}

func (s *subscribing) take(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case groupsMsg:
		s.groupsLoaded(msg)
	case groupSavedMsg:
		s.groupSaved(msg)
	case topicFileMsg:
		return s.topicsRead(msg), true
	default:
		return nil, false
	}
	return nil, true
}

func (s *subscribing) commands() []command {
	return []command{
		{name: "subscribe", usage: "[TOPIC…]", does: "subscribe to topics",
			suggest: func(args string) []string { return s.topicsQuestion().Suggest(args) },
			check:   func(args string) error { return s.topicsQuestion().Check(args) },
			run:     func(args string) tea.Cmd { return s.do(s.topicsQuestion().Accept(args)) }},
		{name: "unsubscribe", usage: "[TOPIC]", does: "unsubscribe from a topic", suggest: s.knownTopics, check: s.isKnown, run: s.unsubscribe},
		{name: "open", usage: "TOPIC", does: "go to the messages of a topic", suggest: s.knownTopics, check: s.isKnown, run: s.openTopic},
	}
}

func (s *subscribing) unsubscribeCurrent() tea.Cmd { return s.unsubscribe(s.currentTopic()) }

func (s *subscribing) openTopic(topic string) tea.Cmd {
	s.pages.close()
	s.full = false
	s.topics.Select(topic)
	s.open()
	return nil
}

func (s *subscribing) isKnown(topic string) error {
	if s.feed.Topic(topic) == nil {
		return fmt.Errorf("no topic is called %q here: subscribe to it first", topic)
	}
	return nil
}

// askTopics asks which topics to subscribe to.
func (s *subscribing) askTopics() {
	s.prompt.Ask(s.topicsQuestion())
	s.asked = true
}

// asking reports whether the user is being asked for topics.
func (s *subscribing) asking() bool {
	s.asked = s.asked && s.prompt.Active()
	return s.asked
}

func (s *subscribing) topicsQuestion() kit.Question {
	seen := s.seenTopics()
	return topics.Question(topics.Choices{
		Again: s.givenUp,
		Topics: func() []string {
			return append(slices.Clone(seen), slices.DeleteFunc(slices.Clone(s.offered), s.isWanted)...)
		},
		Groups:   s.groups,
		Patterns: s.feed.Patterns(),
		NoFiles:  s.options.Files == nil,
	}, func(w topics.Wanted) kit.Intent { return kit.Do(func() tea.Cmd { return s.subscribeList(w) }) })
}

// seenTopics returns the topics that the feed knows, or that were published to, and that are
// not subscribed.
func (s *subscribing) seenTopics() []string {
	var idle []string
	for _, t := range s.feed.Topics() {
		if !s.isWanted(t.Name) {
			idle = append(idle, t.Name)
		}
	}
	published := make(map[string]bool)
	log := s.feed.Log()
	for pos := log.First(); pos < log.Next(); pos++ {
		r := &log.At(pos).Request
		if r.Op == jolt.OpPublish && s.feed.Topic(r.Topic) == nil {
			published[r.Topic] = true
		}
	}
	return slices.Concat(idle, slices.Sorted(maps.Keys(published)))
}

// isWanted reports whether a topic is subscribed, or will be.
func (s *subscribing) isWanted(topic string) bool {
	t := s.feed.Topic(topic)
	return t != nil && (t.State == feed.TopicSubscribed || t.State == feed.TopicPending)
}

// subscribeList subscribes to topics, and to those that files list once they are read.
func (s *subscribing) subscribeList(in topics.Wanted) tea.Cmd {
	cmds := []tea.Cmd{s.subscribe(in.Topics)}
	for _, path := range in.Files {
		if s.options.Files == nil {
			s.sayFailed("nothing subscribed from " + printable.Line(path) + ": " + s.noMachine(noFiles))
			continue
		}
		cmds = append(cmds, readTopicFile(s.options.Files, path))
	}
	return tea.Batch(cmds...)
}

// subscribe subscribes to topics. A single one is also selected: the user wants to see it.
func (s *subscribing) subscribe(topics []string) tea.Cmd {
	var requests []jolt.Request
	for _, topic := range topics {
		requests = append(requests, jolt.Request{Op: jolt.OpSubscribe, Topic: topic})
		if s.client != nil {
			s.feed.Want(topic, s.now)
		}
	}
	if len(topics) == 1 && s.feed.Topic(topics[0]) != nil {
		s.topics.Select(topics[0])
	}
	return s.sendInParts(requests)
}

// sendInParts sends many requests, subscribeAtOnce at a time.
func (s *subscribing) sendInParts(all []jolt.Request) tea.Cmd {
	if !s.shell.record(all) {
		return nil
	}
	var cmds []tea.Cmd
	for part := range slices.Chunk(all, subscribeAtOnce) {
		cmds = append(cmds, s.enqueue(part))
	}
	return tea.Batch(cmds...)
}

// unsubscribe unsubscribes from a topic. If the broker has no subscription to it, the topic
// is forgotten instead, so that the client does not subscribe to it after a reconnect.
func (s *subscribing) unsubscribe(topic string) tea.Cmd {
	t := s.feed.Topic(topic)
	if t == nil { // the action and the command have said so
		return nil
	}
	if by := s.feed.By(t); by != nil {
		s.say(printable.Name(topic, 40) + " comes by " + printable.Name(by.Name, 40) + ": unsubscribe that")
		return nil
	}
	s.givenUp = []string{topic}
	if s.unknownToBroker(t) {
		s.feed.Forget(topic)
		return s.forget(topic)
	}
	return s.send(jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic})
}

func (s *subscribing) whyNotUnsubscribe(f *feed.Feed) string {
	if f.Topic(s.currentTopic()) == nil {
		return "select a topic first; {topics.unsubscribeall} is for a group"
	}
	return ""
}

// unknownToBroker reports whether the broker has no subscription to a topic.
func (s *subscribing) unknownToBroker(t *feed.Topic) bool {
	offline := s.feed.Connection().State != jolt.Up
	return t.State == feed.TopicIdle || t.State == feed.TopicRejected ||
		t.State == feed.TopicPending && offline && t.Received == 0
}

// askUnsubscribeAll unsubscribes from those of the topics that are subscribed. Of more than
// one it asks first: the cursor may be on none of them, and not all may be on screen.
func (s *subscribing) askUnsubscribeAll(all topics.UnsubscribeAll) tea.Cmd {
	subscribed := slices.DeleteFunc(slices.Clone(all.Topics), func(topic string) bool {
		t := s.feed.Topic(topic)
		return t == nil || s.unknownToBroker(t)
	})
	if len(subscribed) == 0 {
		s.say("nothing to unsubscribe: put topics side by side first, or select a group of the tree")
		return nil
	}
	if len(subscribed) == 1 {
		return s.unsubscribeAll(subscribed)
	}
	s.confirm.Ask(fmt.Sprintf("unsubscribe the %d topics %s?", len(subscribed), printable.Prefix(all.What, 40)),
		kit.Do(func() tea.Cmd { return s.unsubscribeAll(subscribed) }))
	return nil
}

// unsubscribeAll unsubscribes from topics.
func (s *subscribing) unsubscribeAll(topics []string) tea.Cmd {
	var requests []jolt.Request
	for _, topic := range topics {
		requests = append(requests, jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic})
	}
	s.givenUp = topics
	s.note(fmt.Sprintf("%s given up; to subscribe again press %s, then %s",
		human.Counted(uint64(len(topics)), "topic"), s.table.Label("subscribe"), s.table.Label("prompt.complete")))
	return s.sendInParts(requests)
}
