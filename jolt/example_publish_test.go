package jolt_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"

	"joltui/jolt"
)

// One message: nil says that the broker has taken it.
func ExampleClient_Publish() {
	addr, stop := startBroker()
	defer stop()

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	fmt.Println(client.Publish(ctx, "orders.eu", `{"id":1}`))
	fmt.Println(client.Publish(ctx, "nobody.listens", "is taken, too"))
	// Output:
	// <nil>
	// <nil>
}

// Many messages: Start does not wait for each acknowledgement, and a window lets
// thousands of them be under way. A million takes about a second.
func ExampleClient_Start() {
	addr, stop := startBroker()
	defer stop()
	ctx := context.Background()

	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, Window: 4096})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	const messages = 100_000
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
	// Output: 100000 of 100000
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

// A broker that does not answer: the request may have been carried out or not, and
// the connection is given up.
func Example_timeout() {
	ln := listen("127.0.0.1:0")
	defer ln.Close()
	go func() { // answers once, so that the client is up, and then hangs
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		if _, err := bufio.NewReader(conn).ReadString('\n'); err == nil {
			conn.Write(jolt.AppendAck(nil))
		}
	}()

	client, err := jolt.Dial(context.Background(), jolt.Config{
		Addr:         ln.Addr().String(),
		ReplyTimeout: 50 * time.Millisecond,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	err = client.Publish(context.Background(), "orders.eu", `{"id":1}`)
	fmt.Println("unknown:", errors.Is(err, jolt.ErrUnknownOutcome))
	fmt.Println("no reply in time:", errors.Is(err, jolt.ErrNoReply))
	// Output:
	// unknown: true
	// no reply in time: true
}
