package jolt_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

// An outage: the client comes back by itself, with its subscriptions, and tells
// when it could not hear anything.
func ExampleGap() {
	addr, stop := startBroker()
	ctx := context.Background()

	lost, again := make(chan error, 1), make(chan *jolt.Gap, 1)
	messages := make(chan *jolt.Message, 1)
	var gap *jolt.Gap // the handler's
	client, err := jolt.Dial(ctx, jolt.Config{
		Addr:    addr,
		Topics:  []string{"orders.eu"},
		Backoff: func(int) time.Duration { return 10 * time.Millisecond }, // the default is kinder to brokers
		Handler: func(batch []jolt.Event) {
			for _, e := range batch {
				switch e := e.(type) {
				case *jolt.StateChange:
					switch {
					case e.State == jolt.Down && e.Attempt == 0: // it was up until now
						lost <- e.Cause
					case e.State == jolt.Up && gap != nil:
						again <- gap
					}
				case *jolt.Gap: // it comes right before Up
					gap = e
				case *jolt.Message:
					messages <- e
				}
			}
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	stop()
	<-lost
	fmt.Println("not sent meanwhile:", errors.Is(client.Publish(ctx, "orders.eu", "lost"), jolt.ErrNotConnected))

	_, stop = serve(listen(addr), broker.Config{})
	defer stop()
	missed := <-again
	fmt.Println("what is lost is known:", missed.To.After(missed.From))
	if err := client.Publish(ctx, "orders.eu", "seen"); err != nil {
		log.Fatal(err)
	}
	fmt.Println("subscribed again:", (<-messages).Data)
	// Output:
	// not sent meanwhile: true
	// what is lost is known: true
	// subscribed again: seen
}

// TLS, with a client certificate, to a proxy in front of the broker.
func ExampleConfig_tls() {
	cert, trusted := certificate()
	addr, stop := serve(tls.NewListener(listen("127.0.0.1:0"), &tls.Config{
		Certificates: []tls.Certificate{cert},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    trusted,
	}), broker.Config{})
	defer stop()
	ctx := context.Background()

	connect := func(cfg *tls.Config) error {
		client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, TLS: cfg})
		if err != nil {
			return err
		}
		defer client.Close()
		_, err = client.Ping(ctx)
		return err
	}
	fmt.Println(connect(&tls.Config{RootCAs: trusted, Certificates: []tls.Certificate{cert}}))
	var unknown *tls.CertificateVerificationError
	fmt.Println("not trusted:", errors.As(connect(&tls.Config{}), &unknown))
	fmt.Println("no client certificate:", connect(&tls.Config{RootCAs: trusted}) != nil)
	// Output:
	// <nil>
	// not trusted: true
	// no client certificate: true
}

// A login that the broker refuses: Dial says so, and does not try again, which
// would only lock the account.
func ExampleConfig_login() {
	addr, stop := serve(listen("127.0.0.1:0"), broker.Config{Security: true, Users: []broker.User{
		{Name: "ann", PasswordHash: brokertest.PasswordHash("right"), Permissions: []string{"publish:orders.eu"}},
	}})
	defer stop()
	ctx := context.Background()

	_, err := jolt.Dial(ctx, jolt.Config{Addr: addr, User: "ann", Pass: "wrong"})
	var rejected *jolt.RejectedError
	if errors.As(err, &rejected) {
		fmt.Println(rejected.Op, rejected.Code())
	}

	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr, User: "ann", Pass: "right"})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	if err := client.Publish(ctx, "orders.us", "{}"); errors.As(err, &rejected) {
		fmt.Println(rejected.Op, rejected.Code())
	}
	fmt.Println(client.Publish(ctx, "orders.eu", "{}"))
	// Output:
	// auth auth_failed
	// pub forbidden
	// <nil>
}
