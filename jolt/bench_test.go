package jolt

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"
)

// payloads are what the frames of the benchmarks carry: 128 bytes each.
func payloads() map[string]string {
	return map[string]string{
		"plain":    text(128, "plain"),
		"escapes":  text(128, "escapes"),
		"cyrillic": text(128, "cyrillic"),
	}
}

// frameStream is about 64 KiB of message frames.
func frameStream(data string) (frames []byte, n int) {
	for ; len(frames) < 64<<10; n++ {
		frames = AppendMessage(frames, "orders.eu", data)
	}
	return frames, n
}

// BenchmarkSplitOnly is the practical limit of reading frames: it finds the
// ends of lines, and nothing else.
func BenchmarkSplitOnly(b *testing.B) {
	for name, data := range payloads() {
		b.Run(name, func(b *testing.B) {
			frames, n := frameStream(data)
			r := bufio.NewReaderSize(nil, 64<<10)
			for b.Loop() {
				r.Reset(bytes.NewReader(frames))
				for {
					if _, err := r.ReadSlice('\n'); err == io.EOF {
						break
					}
				}
			}
			b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "frames/s")
		})
	}
}

// BenchmarkDecode reads frames as a client does, into messages that are safe to
// keep. Compare its frames/s with those of BenchmarkSplitOnly.
func BenchmarkDecode(b *testing.B) {
	for name, data := range payloads() {
		b.Run(name, func(b *testing.B) {
			frames, n := frameStream(data)
			d := newDecoder()
			s := newSplitter(DefaultMaxLine)
			b.ReportAllocs()
			for b.Loop() {
				for r := bytes.NewReader(frames); s.read(r) == nil; {
					s.lines(func(line string, _ int) {
						f, err := d.frame(line)
						if err != nil || f.Kind != FrameMessage {
							b.Fatal(f, err)
						}
					})
				}
			}
			b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "frames/s")
		})
	}
}

// BenchmarkSession does what BenchmarkDecode does, and makes events of it.
func BenchmarkSession(b *testing.B) {
	for name, data := range payloads() {
		b.Run(name, func(b *testing.B) {
			frames, n := frameStream(data)
			events := 0
			handler := func(batch []Event) { events += len(batch) }
			s := sessionFor(handler)
			b.ReportAllocs()
			for b.Loop() {
				for r := bytes.NewReader(frames); s.lines.read(r) == nil; {
					s.deal(s.heard)
				}
			}
			if events != b.N*n {
				b.Fatalf("%d events, want %d", events, b.N*n)
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "frames/s")
		})
	}
}

// spaced writes a frame or a request as Python does, with a blank after each colon and
// comma between members.
func spaced(compact string) string {
	for _, key := range []string{"op", "topic", "data", "ok"} {
		compact = strings.Replace(compact, `{"`+key+`":`, `{"`+key+`": `, 1)
		compact = strings.Replace(compact, `,"`+key+`":`, `, "`+key+`": `, 1)
	}
	return compact
}

// BenchmarkFrame decodes one frame over and over: as most write it, with white space,
// and in a shape that only the scanner reads.
func BenchmarkFrame(b *testing.B) {
	for name, data := range payloads() {
		line := strings.TrimSuffix(string(AppendMessage(nil, "orders.eu", data)), "\n")
		shapes := map[string]string{"compact": line, "spaced": spaced(line), "scanned": strings.Replace(line, "data", `\u0064ata`, 1)}
		for shape, line := range shapes {
			b.Run(name+"/"+shape, func(b *testing.B) {
				d := newDecoder()
				b.SetBytes(int64(len(line)))
				for b.Loop() {
					if f, err := d.frame(line); err != nil || f.Kind != FrameMessage {
						b.Fatal(f, err)
					}
				}
			})
		}
	}
}

// BenchmarkParsePublish reads one publish request over and over and makes a message of it.
func BenchmarkParsePublish(b *testing.B) {
	for name, data := range payloads() {
		request, err := AppendRequest(nil, Request{Op: OpPublish, Topic: "orders.eu", Data: data})
		if err != nil {
			b.Fatal(err)
		}
		line := strings.TrimSuffix(string(request), "\n")
		for shape, line := range map[string]string{"compact": line, "spaced": spaced(line)} {
			b.Run(name+"/"+shape, func(b *testing.B) {
				buf := make([]byte, 0, 1024)
				b.SetBytes(int64(len(line)))
				for b.Loop() {
					p, ok := ParsePublish(line)
					if !ok {
						b.Fatal(line)
					}
					buf = p.AppendMessage(buf[:0])
				}
			})
		}
	}
}
