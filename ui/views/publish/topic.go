package publish

// UseTopic takes a topic as if the user had typed it, and goes on to the payload.
func (p *Box) UseTopic(topic string) {
	p.topic.Set(topic)
	p.typed, p.onTopic = true, false
}
