package jolt_test

import (
	"context"
	"fmt"
	"log"

	"joltui/jolt"
)

// One topic: subscribe, publish, and see the message arrive.
func Example() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	messages := make(chan *jolt.Message, 16)
	client, err := jolt.Dial(ctx, jolt.Config{
		Addr:    addr,
		Handler: jolt.Callbacks{Message: func(m *jolt.Message) { messages <- m }}.Handle,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	if err := client.Subscribe(ctx, "chat.room"); err != nil {
		log.Fatal(err)
	}
	if err := client.Publish(ctx, "chat.room", "hello"); err != nil {
		log.Fatal(err)
	}
	m := <-messages
	fmt.Println(m.Topic, m.Data)
	// Output: chat.room hello
}

// Several topics: those in Config.Topics are there before Dial returns, and
// come back by themselves after an outage, as those of Subscribe do.
func Example_severalTopics() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	messages := make(chan *jolt.Message, 16)
	client, err := jolt.Dial(ctx, jolt.Config{
		Addr:    addr,
		Topics:  []string{"orders.eu", "orders.us"},
		Handler: jolt.Callbacks{Message: func(m *jolt.Message) { messages <- m }}.Handle,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	for _, topic := range []string{"orders.eu", "orders.us", "nobody.listens"} {
		if err := client.Publish(ctx, topic, "to "+topic); err != nil {
			log.Fatal(err)
		}
	}
	for range 2 {
		fmt.Println((<-messages).Data)
	}
	// Output:
	// to orders.eu
	// to orders.us
}

// Subscriptions that come and go: the broker may refuse one, and the reason is its
// own words.
func ExampleClient_Subscribe() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	messages := make(chan *jolt.Message, 16)
	client, err := jolt.Dial(ctx, jolt.Config{
		Addr:    addr,
		Handler: jolt.Callbacks{Message: func(m *jolt.Message) { messages <- m }}.Handle,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	if err := client.Subscribe(ctx, "orders.eu"); err != nil {
		log.Fatal(err)
	}
	if err := client.Publish(ctx, "orders.eu", `{"id":1}`); err != nil {
		log.Fatal(err)
	}
	fmt.Println((<-messages).Data)
	if err := client.Unsubscribe(ctx, "orders.eu"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(client.Unsubscribe(ctx, "orders.us"))
	// Output:
	// {"id":1}
	// jolt: unsub "orders.us" rejected: unknown_topic: not subscribed to orders.us
}
