package driver

import (
	"context"
	"fmt"
)

// subscriber counts the messages of one connection and checks that those of
// each topic come in order: not one less, not one more, none of them twice.
type subscriber struct {
	frames
	place
	left     int      // messages that are still to come
	next     []digits // of each topic
	expected [][]byte // a whole message of each topic
}

func newSubscriber(ctx context.Context, t Target, l Load) (*subscriber, error) {
	conn, err := t.Dial(ctx)
	if err != nil {
		return nil, err
	}
	if err := conn.Subscribe(l.topics()...); err != nil {
		conn.Close()
		return nil, fmt.Errorf("subscribing: %w", err)
	}
	s := &subscriber{next: make([]digits, l.Topics), expected: make([][]byte, l.Topics)}
	for i, topic := range l.topics() {
		s.next[i] = digits([]byte(zero))
		s.expected[i] = []byte(t.Protocol.Message(topic, l.payload(), 1+i))
	}
	s.place = l.find(string(s.expected[0]))
	s.frames = newFrames(conn, len(s.expected[0]))
	return s, nil
}

// receive reads until so many messages have come.
func (s *subscriber) receive(messages int) error {
	s.left = messages
	for s.left > 0 {
		if err := s.read(s); err != nil {
			return fmt.Errorf("after %d of %d messages: %w", messages-s.left, messages, err)
		}
	}
	return nil
}

// take looks at topic and number of each message. As all messages have one
// size, a byte too many or too few shows in the next one. Only of the first
// message of each read it looks at every byte.
func (s *subscriber) take(data []byte) int {
	whole := true
	taken := 0
	for s.left > 0 && len(data)-taken >= s.size {
		frame := data[taken : taken+s.size]
		topic := s.topicOf(frame)
		if topic < 0 || digits(frame[s.number:s.number+len(zero)]) != s.next[topic] {
			break
		}
		if whole && !s.asExpected(frame, topic) {
			break
		}
		whole = false
		s.next[topic].next()
		s.left--
		taken += s.size
	}
	return taken
}

// topicOf returns the index of the topic that a frame names, or -1.
func (s *subscriber) topicOf(frame []byte) int {
	tens, ones := frame[s.topic]-'0', frame[s.topic+1]-'0'
	if i := int(tens)*10 + int(ones); ones < 10 && i < len(s.next) {
		return i
	}
	return -1
}

func (s *subscriber) asExpected(frame []byte, topic int) bool {
	want := s.expected[topic]
	copy(want[s.number:], s.next[topic][:])
	return string(frame) == string(want)
}

func (s *subscriber) wrong(frame []byte) error {
	if s.left == 0 {
		return fmt.Errorf("one more came: %.100q", frame)
	}
	topic := s.topicOf(frame)
	if topic < 0 {
		return fmt.Errorf("on none of the topics: %.100q", frame)
	}
	return fmt.Errorf("the next one on %s has to be number %s, and was %.100q", Topic(topic), s.next[topic][:], frame)
}
