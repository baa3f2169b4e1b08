package ui

import (
	"fmt"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/topics"
)

// subscribeAtOnce is how many subscriptions are with the client at a time. It
// sends them one after the other, and each has to have its reply within
// requestTimeout of being handed over.
const subscribeAtOnce = 32

// askTopics asks which topics to subscribe.
func (m *Model) askTopics() { m.prompt.Ask(m.topicsQuestion()) }

func (m *Model) topicsQuestion() kit.Question {
	return topics.Question(topics.Choices{
		Again:  m.givenUp,
		Topics: m.seenTopics(),
		Groups: m.groups,
	}, func(w topics.Wanted) kit.Intent { return kit.Do(func() tea.Cmd { return m.subscribeList(w) }) })
}

// seenTopics are the topics that came up, those first that are not subscribed.
func (m *Model) seenTopics() []string {
	var idle, wanted []string
	for _, t := range m.feed.Topics() {
		if t.State == feed.TopicSubscribed || t.State == feed.TopicPending {
			wanted = append(wanted, t.Name)
		} else {
			idle = append(idle, t.Name)
		}
	}
	published := make(map[string]bool)
	log := m.feed.Log()
	for pos := log.First(); pos < log.Next(); pos++ {
		r := &log.At(pos).Request
		if r.Op == jolt.OpPublish && m.feed.Topic(r.Topic) == nil {
			published[r.Topic] = true
		}
	}
	return slices.Concat(idle, slices.Sorted(maps.Keys(published)), wanted)
}

// subscribeList asks for topics, and for those that files list once they are read.
func (m *Model) subscribeList(in topics.Wanted) tea.Cmd {
	cmds := []tea.Cmd{m.subscribe(in.Topics)}
	for _, path := range in.Files {
		cmds = append(cmds, readTopicFile(path))
	}
	return tea.Batch(cmds...)
}

// subscribe asks for topics. A single one is what the user wants to see next.
func (m *Model) subscribe(topics []string) tea.Cmd {
	var requests []jolt.Request
	for _, topic := range topics {
		requests = append(requests, jolt.Request{Op: jolt.OpSubscribe, Topic: topic})
		if m.client != nil {
			m.feed.Want(topic, m.now)
		}
	}
	if len(topics) == 1 && m.feed.Topic(topics[0]) != nil {
		m.topics.Select(topics[0])
	}
	return m.sendInParts(requests)
}

// sendInParts sends many requests, a part of them at a time.
func (m *Model) sendInParts(all []jolt.Request) tea.Cmd {
	var cmds []tea.Cmd
	for part := range slices.Chunk(all, subscribeAtOnce) {
		cmds = append(cmds, m.send(part...))
	}
	return tea.Batch(cmds...)
}

// unsubscribe gives a topic up. One that the broker does not know us to have is
// forgotten; the client must not ask for it again either.
func (m *Model) unsubscribe(topic string) tea.Cmd {
	t := m.feed.Topic(topic)
	if t == nil {
		m.note("nothing to unsubscribe: select a topic first; for a group press " + m.keys.Topics.UnsubscribeAll.Help().Key)
		return nil
	}
	m.givenUp = []string{topic}
	if m.unknownToBroker(t) {
		m.feed.Forget(topic)
		return m.forget(topic)
	}
	return m.send(jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic})
}

// unknownToBroker reports whether there is no subscription to give up.
func (m *Model) unknownToBroker(t *feed.Topic) bool {
	offline := m.feed.Connection().State != jolt.Up
	return t.State == feed.TopicIdle || t.State == feed.TopicRejected ||
		t.State == feed.TopicPending && offline && t.Received == 0
}

// unsubscribeAll gives up those of the topics that are subscribed.
func (m *Model) unsubscribeAll(topics []string) tea.Cmd {
	if len(topics) == 0 {
		m.note("nothing to unsubscribe: put topics side by side first, or select a group of the tree")
		return nil
	}
	var requests []jolt.Request
	var givenUp []string
	for _, topic := range topics {
		if t := m.feed.Topic(topic); t != nil && !m.unknownToBroker(t) {
			requests = append(requests, jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic})
			givenUp = append(givenUp, topic)
		}
	}
	if len(givenUp) > 0 {
		m.givenUp = givenUp
		m.note(fmt.Sprintf("%d topics given up; to subscribe them again press %s, then %s",
			len(givenUp), m.keys.Subscribe.Help().Key, m.keys.Prompt.Complete.Help().Key))
	}
	return m.sendInParts(requests)
}
