package jolt_test

import (
	"strings"
	"sync"
	"testing"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

// BenchmarkStart publishes 128 bytes without waiting, and BenchmarkPublish waits
// for each acknowledgement, both over loopback to a broker in this process.
func BenchmarkStart(b *testing.B) {
	client := dialWindow(b, 4096)
	request := jolt.Request{Op: jolt.OpPublish, Topic: "orders.eu", Data: strings.Repeat("x", 128)}
	var open sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		open.Add(1)
		err := client.Start(b.Context(), request, func(r *jolt.Reply) {
			if r.Outcome != jolt.Acknowledged {
				b.Error(r.Err)
			}
			open.Done()
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	open.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acks/s")
}

func BenchmarkPublish(b *testing.B) {
	client := dialWindow(b, 1)
	data := strings.Repeat("x", 128)
	b.ReportAllocs()
	for b.Loop() {
		if err := client.Publish(b.Context(), "orders.eu", data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acks/s")
}

func dialWindow(b *testing.B, window int) *jolt.Client {
	addr := brokertest.Start(b, broker.Config{}).Addr
	client, err := jolt.Dial(b.Context(), jolt.Config{Addr: addr, Window: window})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { client.Close() })
	return client
}
