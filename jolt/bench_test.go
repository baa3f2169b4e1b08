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

// BenchmarkFrame decodes one frame over and over: by itself the usual shape,
// with white space the scanner that reads any.
func BenchmarkFrame(b *testing.B) {
	for name, data := range payloads() {
		line := strings.TrimSuffix(string(AppendMessage(nil, "orders.eu", data)), "\n")
		for shape, line := range map[string]string{"usual": line, "any": " " + line} {
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
