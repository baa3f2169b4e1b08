package cli

import (
	"context"
	"errors"
	"testing"

	"joltui/broker/brokertest"
	"joltui/jolt"
)

// The demo's broker, traffic and forbidden topic through the real client.
func TestDemoBroker(t *testing.T) {
	server := brokertest.Start(t, demoBroker())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	got := make(chan string, 1)
	client, err := jolt.Dial(ctx, jolt.Config{Addr: server.Addr, Handler: jolt.Callbacks{Message: func(m *jolt.Message) {
		select {
		case got <- m.Topic:
		default:
		}
	}}.Handle})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, topic := range trafficTopics() {
		if err := client.Subscribe(ctx, topic); err != nil {
			t.Errorf("subscribe %s: %v", topic, err)
		}
	}
	var rejected *jolt.RejectedError
	if err := client.Subscribe(ctx, forbiddenTopic); !errors.As(err, &rejected) || rejected.Code() != jolt.CodeForbidden {
		t.Errorf("subscribe %s: %v", forbiddenTopic, err)
	}
	go func() { ended <- publishTraffic(ctx, server.Addr, newTraffic(1)) }()
	<-got
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
