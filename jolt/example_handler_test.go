package jolt_test

import (
	"context"
	"fmt"
	"log"
	"sync"

	"joltui/jolt"
)

// Events: everything that happens, in the order in which it happened.
func ExampleConfig_handler() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	events := make(chan jolt.Event, 16)
	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, Handler: func(batch []jolt.Event) {
		for _, e := range batch {
			events <- e
		}
	}})
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Publish(ctx, "orders", "{}"); err != nil {
		log.Fatal(err)
	}
	client.Close()
	close(events)

	for e := range events {
		switch e := e.(type) {
		case *jolt.StateChange:
			fmt.Println(e.State)
		case *jolt.Reply:
			fmt.Println(e.Request, e.Outcome)
		}
	}
	// Output:
	// connecting
	// ping acknowledged
	// up
	// pub "orders" acknowledged
	// closed
}

// A consumer that must not fall behind: the handler hands messages over, and counts
// those that its worker is too slow for, so that the broker never finds the
// connection slow.
func ExampleConfig_slowConsumer() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	work := make(chan *jolt.Message, 100)
	dropped := 0 // the handler's, until the client is closed
	client, err := jolt.Dial(ctx, jolt.Config{
		Addr:   addr,
		Topics: []string{"ticks"},
		Handler: jolt.Callbacks{Message: func(m *jolt.Message) {
			select {
			case work <- m:
			default:
				dropped++
			}
		}}.Handle,
	})
	if err != nil {
		log.Fatal(err)
	}

	for i := range 150 { // while the worker does nothing
		if err := client.Publish(ctx, "ticks", fmt.Sprint(i)); err != nil {
			log.Fatal(err)
		}
	}
	if _, err := client.Ping(ctx); err != nil { // what came before its reply was handled
		log.Fatal(err)
	}
	client.Close()
	close(work)

	handled := 0
	for range work {
		handled++
	}
	fmt.Println(handled, "handled,", dropped, "dropped")
	// Output: 100 handled, 50 dropped
}

// Every line on the wire, as it is; the password of a login would be ***.
func ExampleTraceLine() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	var mu sync.Mutex // the goroutine that writes and the one that reads call it
	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, Trace: func(l jolt.TraceLine) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case l.Sent:
			fmt.Println("sent    ", l.Raw())
		case l.Request != nil:
			fmt.Println("received", l.Raw(), "for", l.Request)
		default: // untrusted: a broker may send back what it was sent
			fmt.Println("received", jolt.MaskPasswords(l.Raw(), l.Err != nil))
		}
	}})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	for _, publish := range []struct{ topic, data string }{{"orders.eu", "one"}, {"orders.us", "two\n"}} {
		if err := client.Publish(ctx, publish.topic, publish.data); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// sent     {"op":"ping"}
	// received {"ok":true} for ping
	// sent     {"op":"pub","topic":"orders.eu","data":"one"}
	// received {"ok":true} for pub "orders.eu"
	// sent     {"op":"pub","topic":"orders.us","data":"two\n"}
	// received {"ok":true} for pub "orders.us"
}

// A message is answered in the callback that gets it: Start and StartPublish do not wait
// for the outcome, which a handler must not do. The client is subscribed once it is in
// its variable, so that the callback finds it there.
func ExampleClient_StartPublish() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	var client *jolt.Client
	answered := make(chan string, 1)
	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, Handler: jolt.Callbacks{Message: func(m *jolt.Message) {
		if m.Topic == "answers" {
			answered <- m.Data
			return
		}
		err := client.StartPublish(ctx, "answers", "got "+m.Data, func(r *jolt.Reply) {
			if r.Err != nil {
				log.Print(r.Err)
			}
		})
		if err != nil { // it was not sent
			log.Print(err)
		}
	}}.Handle})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	for _, topic := range []string{"questions", "answers"} {
		if err := client.Subscribe(ctx, topic); err != nil {
			log.Fatal(err)
		}
	}
	if err := client.Publish(ctx, "questions", "one"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(<-answered)
	// Output: got one
}
