package jolt_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"sync"
	"time"

	"joltui/broker"
	"joltui/jolt"
)

// startBroker runs a broker for an example. Programs connect to one that runs
// elsewhere, by default at 127.0.0.1:8080.
func startBroker() (addr string, stop func()) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	b, err := broker.New(broker.Config{})
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.Serve(ctx, ln)
	}()
	return ln.Addr().String(), func() { cancel(); <-ended }
}

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

// Robust error handling: what a failed publish means, and what may be done.
func Example_errors() {
	addr, stop := startBroker()
	lost := make(chan error, 16)
	client, err := jolt.Dial(context.Background(), jolt.Config{
		Addr:    addr,
		Handler: jolt.Callbacks{Disconnected: func(cause error) { lost <- cause }}.Handle,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	publish := func(topic, data string) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		err := client.Publish(ctx, topic, data)
		var rejected *jolt.RejectedError
		switch {
		case err == nil:
			fmt.Println("taken by the broker")
		case errors.As(err, &rejected):
			fmt.Println("refused by the broker:", rejected.Code())
		case errors.Is(err, jolt.ErrUnknownOutcome):
			fmt.Println("may or may not have arrived: ask before sending it again")
		case errors.Is(err, jolt.ErrNotConnected):
			fmt.Println("not sent: the client is reconnecting, try again later")
		default:
			fmt.Println("not sent:", err)
		}
	}
	publish("chat.room", "hello")
	publish("", "no topic")
	publish("chat.room", "\xff")
	stop()
	<-lost
	publish("chat.room", "is anybody there?")
	// Output:
	// taken by the broker
	// not sent: pub "" not sent: jolt: the topic is empty
	// not sent: pub "chat.room" not sent: jolt: text is not valid UTF-8: JSON cannot carry it
	// not sent: the client is reconnecting, try again later
}

// Many messages: Start does not wait for each acknowledgement, and a window lets
// thousands of them be under way.
func ExampleClient_Start() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, Window: 1000})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	const messages = 10_000
	var open sync.WaitGroup
	acknowledged := 0 // the outcomes are told one at a time
	for i := range messages {
		open.Add(1)
		publish := jolt.Request{Op: jolt.OpPublish, Topic: "orders", Data: fmt.Sprint(i)}
		err := client.Start(ctx, publish, func(r *jolt.Reply) {
			if r.Outcome == jolt.Acknowledged {
				acknowledged++
			}
			open.Done()
		})
		if err != nil { // it was never sent
			log.Fatal(err)
		}
	}
	open.Wait()
	fmt.Println(acknowledged, "of", messages)
	// Output: 10000 of 10000
}

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
	// up
	// pub "orders" acknowledged
	// closed
}
