package jolt

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// memory is how much of the heap is in use, what nobody uses set free.
func memory() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// repeated reads as text over and over, n bytes in all. It holds little of it.
func repeated(text string, n int) io.Reader {
	block := strings.Repeat(text, max(1, 64<<10/len(text)))
	var parts []io.Reader
	for ; n >= len(block); n -= len(block) {
		parts = append(parts, strings.NewReader(block))
	}
	return io.MultiReader(append(parts, strings.NewReader(block[:n]))...)
}

// metered notes the most memory in use after every MiB that was read.
type metered struct {
	io.Reader
	note func()
	n    int
}

func (m *metered) Read(p []byte) (int, error) {
	if m.n >= 1<<20 {
		m.n = 0
		m.note()
	}
	n, err := m.Reader.Read(p)
	m.n += n
	return n, err
}

// constant is what a connection may cost beside its lines.
const constant = 1 << 20

// within reads a stream as a session does, and checks that at no time, not
// while a line is being read nor with its frame in hand, more than 2 × limit +
// constant is in use. It returns what lines there were.
func within(t *testing.T, name string, limit int, r io.Reader) []string {
	t.Helper()
	var got []string
	most, last, base := 0, 0, memory()
	note := func() { most = max(most, memory()-base) }
	s := newSplitter(limit)
	for r = (&metered{Reader: r, note: note}); s.read(r) == nil; {
		s.lines(func(line string, size int) {
			kind := "too long"
			if size <= limit {
				f, _ := ParseFrame(line)
				kind = f.Kind.String()
				if size > constant || last > constant {
					note()
				}
				runtime.KeepAlive(f)
			}
			if last = size; len(got) < 10 {
				got = append(got, fmt.Sprint(kind, " of ", size))
			}
			runtime.KeepAlive(line)
		})
	}
	note()
	t.Logf("%s: %.2f × the limit", name, float64(most)/float64(limit))
	if most > 2*limit+constant {
		t.Errorf("%s: %d bytes were in use, %.2f × the limit of %d", name, most, float64(most)/float64(limit), limit)
	}
	return got
}

// messageOf is a line of exactly size bytes with the pattern as its payload.
func messageOf(size int, pattern string) io.Reader {
	const head, tail = `{"topic":"a","data":"`, `"}`
	return io.MultiReader(strings.NewReader(head), repeated(pattern, (size-len(head)-len(tail))/len(pattern)*len(pattern)),
		repeated("x", (size-len(head)-len(tail))%len(pattern)), strings.NewReader(tail+"\n"))
}

// Promise 8 of reliability: lines of 64 KiB ± 1 and of the limit ± 1 work, or
// give the documented error, and a connection costs no more than twice the limit.
func TestMemoryAtTheLimit(t *testing.T) {
	for _, limit := range []int{64 << 10, DefaultMaxLine} {
		for size := limit - 1; size <= limit+1; size++ {
			want := fmt.Sprintf("message of %d", size)
			if size > limit {
				want = fmt.Sprintf("too long of %d", size)
			}
			for name, pattern := range map[string]string{"plain": "x", "escaped": `\n`, "now and then an escape": `\u00e9` + strings.Repeat("y", 1<<15)} {
				if name != "plain" && limit == DefaultMaxLine && size != limit {
					continue // each takes a second under the race detector; 64 KiB ± 1 has them all
				}
				name := fmt.Sprint(name, ", a line of ", size, ", the limit is ", limit)
				r := io.MultiReader(messageOf(size, pattern), messageOf(1000, "z"))
				if got := strings.Join(within(t, name, limit, r), "|"); got != want+"|message of 1000" {
					t.Errorf("%s: %s", name, got)
				}
			}
		}
	}
}

// The same through a whole client: the event, or the documented error.
func TestClientAtTheLimit(t *testing.T) {
	for size := DefaultMaxLine - 1; size <= DefaultMaxLine+1; size++ {
		var got string
		feed(t, scriptedConn{r: messageOf(size, "x")}, Config{Handler: func(batch []Event) {
			switch e := batch[0].(type) {
			case *Message:
				got = fmt.Sprint("message of ", len(e.Raw()))
			case *BadLine:
				got = fmt.Sprint(errors.Is(e.Err, ErrLineTooLong), e.Size, len(e.Raw))
			}
		}})
		want := fmt.Sprint("message of ", size)
		if size > DefaultMaxLine {
			want = fmt.Sprint(true, size, headSize)
		}
		if got != want {
			t.Errorf("a line of %d: %s; want %s", size, got, want)
		}
	}
}

// What never ends, and what is odd all through, costs no more either.
func TestMemoryOfHostileLines(t *testing.T) {
	const limit, endless = 4 << 20, 16 << 20 // 2 × limit + constant is 9 MiB
	for name, r := range map[string]io.Reader{
		"endless line":     repeated("x", endless),
		"endless message":  messageOf(endless, "y"),
		"endless brackets": repeated("[", endless),
		"blank lines":      repeated("\n", 2<<20),
		"carriage returns": repeated("\r", endless),
		"long lines":       repeated(strings.Repeat("x", 3<<20)+"\n", endless),
		"short messages":   repeated("{\"topic\":\"a\",\"data\":\"1\"}\n", 2<<20),
		"not a string":     io.MultiReader(strings.NewReader(`{"topic":"a","data":[`), repeated("1,", limit-100), strings.NewReader("1]}\n")),
	} {
		within(t, name, limit, r)
	}
}

// Reading one line takes no more memory than the line itself, whatever is in
// it: with the line and the buffer it came in, that makes the bound.
func TestMemoryOfParsing(t *testing.T) {
	const size = 2 << 20 // twice that is beyond size + constant
	fill := func(head, pattern, tail string) string {
		return head + strings.Repeat(pattern, (size-len(head)-len(tail))/len(pattern)) + tail
	}
	var members, escaped strings.Builder
	for i := 0; members.Len() < size-20; i++ {
		fmt.Fprintf(&members, `"%x":1,`, i)
	}
	for i := range 500 {
		fmt.Fprintf(&escaped, `"%x":"\n",`, i)
	}
	fmt.Fprintf(&escaped, `"x":%q,`, strings.Repeat("x", size-escaped.Len()-20))
	long := strings.Repeat("\u0080", size/4-10)
	for name, line := range map[string]string{
		"plain":              fill(`{"topic":"a","data":"`, "x", `"}`),
		"escapes":            fill(`{"topic":"a","data":"`, `\"`, `"}`),
		"an array":           fill(`{"topic":"a","data":[`, `1,`, `1]}`),
		"nested":             fill(`{"topic":"a","data":[`, `[{"a":[]}],`, `1]}`),
		"a number":           fill(`{"topic":"a","data":`, `9`, `}`),
		"an error":           fill(`{"ok":false,"error":"`, `\u0000`, `"}`),
		"not JSON":           fill(`{"topic":"a","data":"`, "\x01", `"}`),
		"no end":             fill(`{"topic":"a","data":"`, `\\`, ``),
		"many members":       "{" + members.String() + `"z":1}`,
		"the same long key":  `{"` + long + `":1,"` + long + `":2}`,
		"escaped members":    "{" + escaped.String() + `"z":1}`,
		"escaped keys":       fill(`{"`, `\u0001`, `":1}`),
		"a broken end":       fill(`{"topic":"a","data":[`, `1,`, `x]}`),
		"an odd value":       fill(`{"topic":"a","data":"x","more":`, `[`, ``),
		"a key without more": fill(`{"`, "k", `"}`),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f, err := ParseFrame(line)
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(f)
		allocated := int(after.TotalAlloc - before.TotalAlloc)
		t.Logf("%s: %.2f × the line, %.60v", name, float64(allocated)/size, err)
		if allocated > size+constant {
			t.Errorf("%s: %d bytes were allocated for a line of %d", name, allocated, size)
		}
	}
}
