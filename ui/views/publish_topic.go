package views

// UseTopic takes a topic as if the user had typed it, and goes on to the payload.
func (p *PublishBox) UseTopic(topic string) {
	p.topic.set(topic)
	p.typed, p.onTopic = true, false
}
