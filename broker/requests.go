package broker

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"joltui/internal/pattern"
	"joltui/internal/system"
	"joltui/jolt"
)

// request carries out one line and adds its one reply. The line, and every
// string of it, changes with the next read: what is kept has to be cloned.
func (s *session) request(line string) {
	if no := s.carryOut(line); no != nil {
		s.replies = jolt.AppendError(s.replies, s.refused(no).text())
		return
	}
	if s.answered {
		s.answered = false
		return
	}
	s.replies = jolt.AppendAck(s.replies)
}

func (s *session) carryOut(line string) *refusal {
	if s.b.meter != nil && !s.stranger {
		if no := s.mayAsk(); no != nil {
			return no
		}
	}
	if !s.stranger {
		if p, ok := jolt.ParsePublish(line); ok && !system.Owned(p.Topic) {
			return s.publish(p)
		}
	}
	req, err := jolt.ParseRequest(line)
	switch {
	case errors.Is(err, jolt.ErrUnknownOp):
		return unknownOp(strings.TrimSpace(detail(err, jolt.ErrUnknownOp)))
	case err != nil:
		return badRequest(strings.TrimPrefix(detail(err, jolt.ErrMalformed), ": "))
	case req.Op == jolt.OpAuth:
		return s.auth(req.User, req.Pass)
	case s.stranger:
		return refuse(jolt.CodeAuthRequired, "auth has to come before %s", req.Op)
	default:
		return s.do(req)
	}
}

// mayAsk counts a request, or returns why its user may not make it now.
func (s *session) mayAsk() *refusal {
	who, what := s.address, "an address"
	if user := s.user.Load(); user != nil {
		who, what = user.name, "a user"
	}
	wait := s.b.meter.Take(who)
	if wait == 0 {
		return nil
	}
	s.b.requestsLimited.Add(1)
	return refuse(jolt.CodeBusy, "%s makes more than %d requests a second, the limit for %s: try again in %v",
		who, s.b.cfg.Limits.UserRequests, what, max(wait, time.Millisecond).Round(time.Millisecond))
}

// badRequest refuses a malformed line. Of what is wrong with it, only a key that comes
// twice is in the client's words; what is wrong with a login is about a login.
func badRequest(wrong string) *refusal {
	const twice = "duplicate key "
	if key, ok := strings.CutPrefix(wrong, twice); ok {
		return refuse(jolt.CodeBadRequest, twice+"%s", key)
	}
	return &refusal{jolt.CodeBadRequest, clip(wrong, maxExplanation)}
}

// detail returns what err says beyond the sentinel that it wraps.
func detail(err, sentinel error) string {
	return strings.TrimPrefix(err.Error(), sentinel.Error())
}

// do carries out what is no publish to a topic of the users: of that jolt.ParsePublish
// knows every shape.
func (s *session) do(req jolt.Request) *refusal {
	switch req.Op {
	case jolt.OpSubscribe:
		return s.subscribe(req.Topic)
	case jolt.OpUnsubscribe:
		return s.unsubscribe(req.Topic)
	case jolt.OpPublish:
		return s.publishToBroker(req)
	default:
		return nil
	}
}

func (s *session) checkTopic(topic string) *refusal {
	limit := s.b.cfg.Limits.TopicBytes
	switch {
	case topic == "":
		return refuse(jolt.CodeBadTopic, "the topic is empty")
	case len(topic) > limit:
		return refuse(jolt.CodeTooLarge, "the topic has %d bytes, the limit is %d", len(topic), limit)
	default:
		return nil
	}
}

func (s *session) publish(p jolt.Published) *refusal {
	if no := s.checkTopic(p.Topic); no != nil {
		return no
	}
	if s.b.cfg.Patterns && pattern.Is(p.Topic) {
		return refuse(jolt.CodeBadTopic, "%s is a pattern: publish to a topic", p.Topic)
	}
	if no := s.b.mayPublish(s.user.Load(), p.Topic); no != nil {
		return no
	}
	if s.away != nil {
		return unavailable(s.away)
	}
	if !s.burst.add(p) {
		s.flush()
		s.burst.add(p)
	}
	return nil
}

// publishToBroker carries out a publish to a topic that is the broker's own.
func (s *session) publishToBroker(req jolt.Request) *refusal {
	if no := s.checkTopic(req.Topic); no != nil {
		return no
	}
	if req.Topic != system.ControlTopic {
		return refuse(jolt.CodeForbidden, "publish:%s: names that begin with %s are the broker's own, choose another topic", req.Topic, system.Prefix)
	}
	user := s.user.Load()
	if user == nil && s.b.cfg.Permit == nil {
		return refuse(jolt.CodeForbidden, "publish:%s is for admins, and this broker has no users", req.Topic)
	}
	if no := s.b.mayPublish(user, req.Topic); no != nil {
		return no
	}
	if no := s.pass(req.Topic); no != nil { // what was published before goes to its subscribers before
		return no
	}
	return s.control(req.Data)
}

// control ends the connection that an admin names. Who did it is in the log.
func (s *session) control(data string) *refusal {
	var order system.Control
	d := json.NewDecoder(strings.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&order); err != nil || order.Disconnect == 0 || d.More() {
		return refuse(jolt.CodeBadRequest, `%s takes {"disconnect":ID} or {"disconnect":ID,"reason":TEXT}, with an id of %s`,
			system.ControlTopic, system.ClientsTopic)
	}
	other := s.b.sessionOf(order.Disconnect)
	if other == nil {
		return refuse(jolt.CodeBadRequest, "there is no connection %d: it may have ended", order.Disconnect)
	}
	by, reason := s.user.Load().who(), clip(order.Reason, maxExplanation/2)
	p := other.peer()
	s.b.log.Warn("an admin has disconnected a client", "by", by, "id", other.id, "remote", p.remote, "user", p.user, "reason", reason)
	why := refuse(jolt.CodeDisconnected, "by %s", by)
	if reason != "" {
		why = refuse(jolt.CodeDisconnected, "by %s: %s", by, reason)
	}
	other.stop(why)
	return nil
}

func (s *session) subscribe(topic string) *refusal {
	if no := s.checkTopic(topic); no != nil {
		return no
	}
	if err := pattern.Check(topic); s.b.cfg.Patterns && err != nil {
		return refuse(jolt.CodeBadTopic, "%s: %v", topic, err)
	}
	if no := s.b.maySubscribe(s.user.Load(), topic); no != nil {
		return no
	}
	if no := unknownToBoard(topic); no != nil {
		return no
	}
	if _, ok := s.topics.All[topic]; ok {
		return nil
	}
	if no := s.mayKeep(); no != nil {
		return no
	}
	atOnce := system.Owned(topic) || s.b.engine.keeps(topic)
	if atOnce {
		s.settle() // what comes behind the reply is queued with it
	}
	if no := s.pass(topic); no != nil { // what was published before the sub is not for it
		return no
	}
	topic = strings.Clone(topic)
	s.topics.Set(topic, struct{}{})
	s.topicBytes.Add(int64(topicBytes + len(topic)))
	s.subscriptions.Add(1)
	switch {
	case system.Owned(topic):
		s.b.board.subscribe(topic, s.out, jolt.AppendAck(nil))
		s.answered = true
	case atOnce:
		s.answered = s.b.engine.subscribe(topic, s.out, jolt.AppendAck(nil))
	default:
		s.b.engine.subscribe(topic, s.out, nil)
	}
	return nil
}

func (s *session) unsubscribe(topic string) *refusal {
	if no := s.checkTopic(topic); no != nil {
		return no
	}
	if _, ok := s.topics.All[topic]; !ok {
		return refuse(jolt.CodeUnknownTopic, "not subscribed to %s", topic)
	}
	if no := s.pass(topic); no != nil { // what was published before the unsub is for it
		return no
	}
	topic = strings.Clone(topic) // a map that is assigned to keeps the key it is given last
	s.drop(topic)
	return nil
}

// drop ends a subscription.
func (s *session) drop(topic string) {
	s.topics.Remove(topic)
	s.topicBytes.Add(-int64(topicBytes + len(topic)))
	s.subscriptions.Add(-1)
	s.b.memory.freed(topicBytes + len(topic))
	s.b.unsubscribe(topic, s.out)
}

// unsubscribe ends the subscription to a topic, a system topic too.
func (b *Broker) unsubscribe(topic string, o *outbox) {
	if system.Owned(topic) {
		b.board.unsubscribe(topic, o)
		return
	}
	b.engine.unsubscribe(topic, o)
}
