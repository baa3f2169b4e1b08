package broker

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"joltui/jolt"
)

// BenchmarkPublish measures acknowledged publishes of 128 B, one publisher with
// up to 4096 of them under way; msgs/s counts deliveries. "20 topics" changes
// the topic with each message.
func BenchmarkPublish(b *testing.B) {
	for _, topics := range []int{1, 20} {
		for _, subscribers := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("topics=%d/1:%d", topics, subscribers), func(b *testing.B) {
				benchmarkFanOut(b, topics, subscribers, strings.Repeat("x", 128), 64)
			})
		}
	}
	b.Run("unbatched/1:8", func(b *testing.B) { benchmarkFanOut(b, 20, 8, strings.Repeat("x", 128), 1) })
	b.Run("1KiB/1:8", func(b *testing.B) { benchmarkFanOut(b, 20, 8, strings.Repeat("x", 1024), 64) })
}

// BenchmarkCount measures what a publish pays for system topics, for all messages of a
// burst: while nobody is subscribed to them, and while somebody is.
func BenchmarkCount(b *testing.B) {
	for _, messages := range []int{1, 64} {
		for _, watched := range []bool{false, true} {
			b.Run(fmt.Sprintf("messages=%d/watched=%v", messages, watched), func(b *testing.B) {
				broker, err := New(Config{})
				if err != nil {
					b.Fatal(err)
				}
				defer broker.Close()
				burst := newBurst(&broker.buffers)
				for n := range messages {
					burst.add(published(fmt.Sprint("bench.", n%20), strings.Repeat("x", 128)))
				}
				if watched {
					broker.board.beginTopics()
				}
				for b.Loop() {
					broker.board.count(burst)
				}
			})
		}
	}
}

// benchmarkFanOut publishes b.N messages, batch of them in one write.
func benchmarkFanOut(b *testing.B, topics, subscribers int, data string, batch int) {
	const window = 4096
	addr := startBroker(b, Config{}).addr
	received := make(chan int, subscribers)
	for range subscribers {
		conn := dialRaw(b, addr)
		for t := range topics {
			fmt.Fprintf(conn, `{"op":"sub","topic":"bench.%d"}`+"\n", t)
		}
		discardLines(b, conn, topics)
		go func() { received <- discardLines(b, conn, b.N) }()
	}
	publisher := dialRaw(b, addr)
	acked := make(chan int, window)
	go readAcks(publisher, acked)

	requests := make([][]byte, 0, topics*batch)
	for t := range topics * batch {
		line, err := jolt.AppendRequest(nil, jolt.Request{Op: jolt.OpPublish, Topic: fmt.Sprintf("bench.%d", t%topics), Data: data})
		if err != nil {
			b.Fatal(err)
		}
		requests = append(requests, line)
	}
	b.ResetTimer()
	outstanding := 0
	for sent := 0; sent < b.N; {
		n := min(batch, b.N-sent)
		first := sent % len(requests)
		n = min(n, len(requests)-first)
		for outstanding+n > window {
			outstanding -= <-acked
		}
		if _, err := publisher.Write(bytes.Join(requests[first:first+n], nil)); err != nil {
			b.Fatal(err)
		}
		sent += n
		outstanding += n
	}
	for range subscribers {
		if n := <-received; n != b.N {
			b.Errorf("a subscriber got %d of %d messages", n, b.N)
		}
	}
	b.ReportMetric(float64(b.N*subscribers)/b.Elapsed().Seconds(), "msgs/s")
}

// readAcks sends how many replies each read brought.
func readAcks(conn net.Conn, acked chan<- int) {
	buf := make([]byte, 64<<10)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		if lines := bytes.Count(buf[:n], []byte("\n")); lines > 0 {
			acked <- lines
		}
	}
}

// discardLines reads until n lines have come and returns how many did.
func discardLines(tb testing.TB, conn net.Conn, n int) int {
	buf := make([]byte, 64<<10)
	lines := 0
	for lines < n {
		size, err := conn.Read(buf)
		lines += bytes.Count(buf[:size], []byte("\n"))
		if err != nil {
			tb.Errorf("after %d of %d lines: %v", lines, n, err)
			return lines
		}
	}
	return lines
}

func dialRaw(tb testing.TB, addr string) net.Conn {
	tb.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { conn.Close() })
	return conn
}

// BenchmarkPing measures one ping at a time; BenchmarkEcho is the same over a
// bare TCP echo, the least that it can cost.
func BenchmarkPing(b *testing.B) {
	benchmarkRoundTrip(b, startBroker(b, Config{}).addr, "{\"op\":\"ping\"}\n", len("{\"ok\":true}\n"))
}

func BenchmarkEcho(b *testing.B) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ln.Close() })
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		buf := make([]byte, 4096)
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			conn.Write(buf[:n])
		}
	}()
	benchmarkRoundTrip(b, ln.Addr().String(), "{\"op\":\"ping\"}\n", len("{\"op\":\"ping\"}\n"))
}

func benchmarkRoundTrip(b *testing.B, addr, request string, reply int) {
	conn := dialRaw(b, addr)
	buf := make([]byte, reply)
	b.ResetTimer()
	for b.Loop() {
		if _, err := io.WriteString(conn, request); err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadFull(conn, buf); err != nil {
			b.Fatal(err)
		}
	}
}
