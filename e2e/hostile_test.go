package e2e

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// numbered is a text of the corpus that can be found on the screen.
func numbered(i int) string { return fmt.Sprintf("#%02d %s", i, corpus[i]) }

func mark(i int) string { return fmt.Sprintf("#%02d ", i) }

// hostile is a dashboard whose broker means it no good: its user, its topics
// and the broker's answers are all of the corpus.
func hostile(t *testing.T, w, h int, accepted ...string) (*terminal, *fakeBroker) {
	t.Helper()
	f := startFake(t, func(op, topic string) string {
		if slices.Contains(accepted, op) {
			return ""
		}
		if op == "pub" || op == "unsub" || strings.HasPrefix(topic, "!") {
			return op + " refused: " + strings.TrimPrefix(topic, "!") + corpus[3] + corpus[36] + corpus[43]
		}
		return ""
	})
	args := []string{"--port", f.port, "--user", "user " + corpus[0] + corpus[34] + corpus[43]}
	for i, text := range corpus {
		if strings.Contains(text, "\x00") {
			continue // cannot be in an argument
		}
		args = append(args, []string{"", "!"}[i%2]+numbered(i))
	}
	cmd := exec.Command(binary, args...)
	cmd.Env = environ(t, "JOLT_PASSWORD=secret")
	x := run(t, w, h, cmd, true)
	x.see("● connected")
	if w >= 100 { // else there is no room for it beside such a user
		x.see(" rtt ") // no request is under way for a while
	}
	x.checkFrames()
	return x, f
}

// Whatever comes from outside, nothing but what the dashboard means to write
// reaches the terminal, and no border is broken.
func TestHostileBroker(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {71, 19}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			x, f := hostile(t, size[0], size[1])
			for i := range corpus {
				f.message("odd "+corpus[i], numbered(i))
				f.message(corpus[i], "on a topic of the corpus")
				f.line(`{"kind":` + quote(numbered(i)) + `}`)
			}
			f.message("last", "the last one")
			x.see("the last one")
			hostileTopics(x)
			hostileStream(x)
			hostileLog(x, "frame of an unknown kind", "sub refused")
			// The connection ends at a reply to no request: what comes after it
			// has to be read together with it.
			var lines []string
			for _, text := range slices.Concat(corpus, noUTF8) {
				lines = append(lines, `{"ok":false,"error":`+quote(text)+`}`, text, `{"topic":"t","data":"`+text+`"}`)
			}
			f.line(strings.Join(lines, "\n"))
			hostileLog(x, "reply to no request", "unreadable line", "✗ disconnected from")
			x.press("\x03")
			x.exit()
			x.restored()
			x.framesWhole()
			checkBytes(t, x.bytes())
		})
	}
}

// hostileTopics walks through the topic list; the stream beside it, its title
// and the publish box go along.
func hostileTopics(x *terminal) {
	for range corpus {
		x.step("j")
	}
	x.press("g")
	x.see("▸  all topics")
}

// hostileStream shows every payload of the corpus: in one line, wrapped, and in
// the inspector, laid out and raw.
func hostileStream(x *terminal) {
	x.press("/\t^#\r")
	x.see("filter /^#/")
	x.press("f")
	x.see("┏")
	for _, key := range []string{"w", "t", "t", "t", "t", "g", "G"} {
		x.step(key)
	}
	for range corpus {
		x.step("k")
	}
	x.step("G")
	x.press("\r")
	last := len(corpus) - 1
	x.see(mark(last), "esc close")
	if strings.Contains(x.text(), "whole page") { // it is beside the stream
		x.press("\r")
		x.gone("whole page")
	}
	for i := range corpus {
		x.see(mark(last - i))
		x.press("f")
		x.see(mark(last - i))
		x.press("f")
		x.see(mark(last - i))
		x.press("h")
	}
	x.press("q")
	x.see("filter /^#/")
	x.press("wf")
	x.see("Topics")
	x.press("\x1b[Z")
	x.see("┏ Topics")
}

// hostileLog looks through the log until it has seen these words.
func hostileLog(x *terminal, want ...string) {
	x.press("\x1b[Z")
	x.see("┏ Log")
	x.press("f")
	x.gone("Topics")
	for late := time.Now().Add(2 * patience); len(want) > 0; {
		if time.Now().After(late) {
			x.t.Fatalf("%q are not in the log, of which this is a part:\n%s", want, x.text())
		}
		want = readDown(x, want)
	}
	x.press("f")
	x.see("┏ Log", "Topics")
	x.press("\t")
	x.see("┏ Topics")
}

// readDown reads the log from its first row to its last, and returns the words that
// it has not seen. Rows that come meanwhile are below, and so are read too.
func readDown(x *terminal, want []string) []string {
	const elsewhere = "▼" // in the title, unless the end is in sight
	x.press("g")
	x.see("┏ Log", elsewhere)
	for {
		screen := x.text()
		want = slices.DeleteFunc(want, func(words string) bool { return strings.Contains(screen, words) })
		if len(want) == 0 || !strings.Contains(screen, elsewhere) {
			return want
		}
		x.step("\x04") // half a page down
	}
}

// What is pasted is text too, wherever it is pasted to.
func TestHostilePaste(t *testing.T) {
	t.Parallel()
	x, _ := hostile(t, 120, 40, "pub") // what is refused stays in the box
	paste := func(text string) { x.press("\x1b[200~" + text + "\x1b[201~") }
	texts := slices.DeleteFunc(slices.Concat(corpus, noUTF8), func(s string) bool { return strings.Contains(s, "\x1b[201~") })
	x.press("j")
	x.see("▸✗ !#01")
	for i, text := range texts {
		tail := fmt.Sprintf(" =%02d", i)
		x.press("p")
		x.see("┏ Publish")
		paste(text + tail)
		x.see(tail)
		x.press("\t")
		paste(text)
		x.press("\t\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D") // so that the cursor is on the text
		x.see(tail)
		x.press("\r")
		const doubt = "again sends it"
		x.until(func(screen string) bool { return !strings.Contains(screen, tail) || strings.Contains(screen, doubt) }, "the end of "+tail)
		if strings.Contains(x.text(), doubt) {
			x.press("\r")
		}
		x.gone(tail)
		x.press("\x1b")
		x.see("┌ Publish")

		ask := [...]struct{ key, label, before string }{
			{"s", "subscribe to", ""}, {"/\t", "filter /", ""}, {"/\t", "filter /", "("}, // no regular expression
		}[i%3]
		x.press(ask.key)
		x.see(ask.label)
		paste(ask.before + text + tail)
		x.see(tail)
		x.press("\x1b")
		x.see("? help")
	}
	x.press("\x03")
	x.exit()
	x.restored()
	x.framesWhole()
	checkBytes(t, x.bytes())
}
