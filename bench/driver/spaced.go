package driver

import "fmt"

// Spaced is Jolt for a publisher that writes JSON as Python does, with a blank after
// each colon and comma. What comes back is the same.
type Spaced struct{ Jolt }

// Publish is a pub with blanks.
func (Spaced) Publish(topic, payload string, _ int) Exchange {
	return Exchange{fmt.Sprintf(`{"op": "pub", "topic": "%s", "data": "%s"}`+"\n", topic, payload), joltAck}
}
