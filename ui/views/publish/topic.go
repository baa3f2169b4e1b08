package publish

// UseTopic sets the topic as if the user had typed it, and puts the cursor in the payload.
func (p *Box) UseTopic(topic string) {
	p.topic.Set(topic)
	p.typed, p.onTopic = true, false
}
