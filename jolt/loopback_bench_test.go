package jolt

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkLoopback reads frames from a socket in three ways, each doing more
// than the one before: it splits lines and nothing else, which is the practical
// limit; it decodes; and it is a whole client. An iteration is a round in which
// all three read for a moment, in turn. What counts is the ratios, of which the
// least, the middle and the greatest are reported: decode/split, client/split and
// client/decode. Run it with -benchtime 9x, or so.
func BenchmarkLoopback(b *testing.B) {
	for _, size := range []int{16, 128, 1024} {
		for _, kind := range []string{"plain", "escapes", "cyrillic", "mixed"} {
			b.Run(fmt.Sprintf("%d/%s", size, kind), func(b *testing.B) {
				addr := firehose(b, frames(size, kind))
				var split, decode, client []float64
				for b.Loop() {
					split = append(split, readSplit(b, addr))
					decode = append(decode, readDecode(b, addr))
					client = append(client, readClient(b, addr))
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(median(split)/1e6, "split-M/s")
				reportRatios(b, "decode/split", decode, split)
				reportRatios(b, "client/split", client, split)
				reportRatios(b, "client/decode", client, decode)
			})
		}
	}
}

// BenchmarkLoopbackSpaced compares what a client reads a second of frames with a blank
// after each colon and comma, as Python writes them, with frames without.
func BenchmarkLoopbackSpaced(b *testing.B) {
	for _, size := range []int{16, 128, 1024} {
		for _, kind := range []string{"plain", "escapes", "cyrillic"} {
			b.Run(fmt.Sprintf("%d/%s", size, kind), func(b *testing.B) {
				compact := frames(size, kind)
				var blanks []byte
				for line := range strings.Lines(string(compact)) {
					blanks = append(blanks, spaced(line)...)
				}
				compactAddr, spacedAddr := firehose(b, compact), firehose(b, blanks)
				var without, with []float64
				for b.Loop() {
					without = append(without, readClient(b, compactAddr))
					with = append(with, readClient(b, spacedAddr))
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(median(without)/1e6, "compact-M/s")
				reportRatios(b, "spaced/compact", with, without)
			})
		}
	}
}

// frames is about 64 KiB of message frames with payloads of so many bytes. Of
// mixed ones every third has escapes.
func frames(size int, kind string) []byte {
	plain, escapes := text(size, "plain"), text(size, "escapes")
	var out []byte
	for i := 0; len(out) < 64<<10; i++ {
		switch {
		case kind == "mixed" && i%3 == 0:
			out = AppendMessage(out, "orders.eu", escapes)
		case kind == "mixed":
			out = AppendMessage(out, "orders.eu", plain)
		default:
			out = AppendMessage(out, "orders.eu", text(size, kind))
		}
	}
	return out
}

// text is so many bytes of a kind of payload: of letters, of JSON, all of whose
// quotes have to be escaped, or of letters of two bytes.
func text(size int, kind string) string {
	unit := map[string]string{"plain": "x", "escapes": `{"id":4711,"s":"x"} `, "cyrillic": "ж"}[kind]
	return strings.Repeat(unit, size/len(unit)+1)[:size]
}

func reportRatios(b *testing.B, name string, of, to []float64) {
	ratios := make([]float64, len(of))
	for i := range of {
		ratios[i] = of[i] / to[i]
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[0], name+"-min")
	b.ReportMetric(median(ratios), name+"-med")
	b.ReportMetric(ratios[len(ratios)-1], name+"-max")
}

func median(values []float64) float64 {
	return slices.Sorted(slices.Values(values))[(len(values)-1)/2]
}

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

// roundTime is how long each way of reading has in a round.
const roundTime = 200 * time.Millisecond

// perSecond calls read, which returns how many frames it has read, until the
// time is over, and returns frames a second.
func perSecond(read func() int) float64 {
	n, begin := 0, time.Now()
	for time.Since(begin) < roundTime {
		n += read()
	}
	return float64(n) / time.Since(begin).Seconds()
}

func dialBench(b *testing.B, addr string) net.Conn {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	return conn
}

// splitSize is the buffer that splitting is fastest with. Four times as much is no faster.
const splitSize = 64 << 10

func readSplit(b *testing.B, addr string) float64 {
	conn := dialBench(b, addr)
	defer conn.Close()
	r := bufio.NewReaderSize(conn, splitSize)
	return perSecond(func() int {
		const lines = 1000
		for range lines {
			if _, err := r.ReadSlice('\n'); err != nil {
				b.Fatal(err)
			}
		}
		return lines
	})
}

func readDecode(b *testing.B, addr string) float64 {
	conn, s, d := dialBench(b, addr), newSplitter(DefaultMaxLine), newDecoder()
	defer conn.Close()
	return perSecond(func() (n int) {
		if err := s.read(conn); err != nil {
			b.Fatal(err)
		}
		s.lines(func(line string, _ int) {
			if f, err := d.frame(line); err != nil || f.Kind == FrameUnknown {
				b.Fatal(f, err)
			}
			n++
		})
		return n
	})
}

// readClient counts what a client hands over.
func readClient(b *testing.B, addr string) float64 {
	var begin time.Time
	n, rate := 0, make(chan float64, 1)
	client, err := New(Config{Addr: addr, Handler: func(batch []Event) {
		if n += len(batch); begin.IsZero() {
			n, begin = 0, time.Now()
		}
		if took := time.Since(begin); took > roundTime {
			select {
			case rate <- float64(n) / took.Seconds():
			default:
			}
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	return <-rate
}
