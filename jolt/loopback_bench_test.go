package jolt

import (
	"bufio"
	"net"
	"testing"
)

// firehose sends the same frames over loopback for as long as they are read.
func firehose(b *testing.B, frames []byte) (addr string) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				for {
					if _, err := conn.Write(frames); err != nil {
						return
					}
				}
			}()
		}
	}()
	return ln.Addr().String()
}

// BenchmarkLoopback reads message frames from a socket in three ways, each
// doing more than the one before. The ratios of their frames/s, in one run, say
// what decoding and the client cost.
func BenchmarkLoopback(b *testing.B) {
	for _, name := range []string{"plain", "escapes", "cyrillic"} {
		frames, _ := frameStream(payloads()[name])
		for _, way := range []struct {
			name string
			read func(b *testing.B, addr string)
		}{{"split", readSplit}, {"decode", readDecode}, {"client", readClient}} {
			b.Run(name+"/"+way.name, func(b *testing.B) {
				addr := firehose(b, frames)
				b.ReportAllocs()
				b.ResetTimer()
				way.read(b, addr)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "frames/s")
			})
		}
	}
}

func dialBench(b *testing.B, addr string) net.Conn {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return conn
}

func readSplit(b *testing.B, addr string) {
	r := bufio.NewReaderSize(dialBench(b, addr), readSize)
	for range b.N {
		if _, err := r.ReadSlice('\n'); err != nil {
			b.Fatal(err)
		}
	}
}

func readDecode(b *testing.B, addr string) {
	conn, s, d := dialBench(b, addr), newSplitter(DefaultMaxLine), newDecoder()
	for n := 0; n < b.N; {
		if err := s.read(conn); err != nil {
			b.Fatal(err)
		}
		s.lines(func(line string, _ int) {
			if f, err := d.frame(line); err != nil || f.Kind != FrameMessage {
				b.Fatal(f, err)
			}
			n++
		})
	}
}

func readClient(b *testing.B, addr string) {
	done := make(chan struct{})
	n := 0
	client, err := New(Config{Addr: addr, Handler: func(batch []Event) {
		for _, e := range batch {
			if _, ok := e.(*Message); !ok {
				continue
			}
			if n++; n == b.N {
				close(done)
			}
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	<-done
}
