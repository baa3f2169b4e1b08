package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"joltui/internal/human"
	"joltui/internal/publisher"
	"joltui/internal/record"
	"joltui/internal/template"
	"joltui/jolt"
)

// maxPayload is the longest payload that is read, in bytes; brokers take less.
const maxPayload = 64 << 20

// payloadFlags say what the messages are made of.
type payloadFlags struct {
	file      string
	lines     bool
	jsonLines bool
	null      bool
	from      int64
	template  bool
	count     int
}

var errNoTopic = usageError("the topic is empty, or not valid UTF-8")

func (f *payloadFlags) flags(fs *pflag.FlagSet) {
	fs.VarP((*pathValue)(&f.file), "file", "f", fileUsage)
	fs.BoolVarP(&f.lines, "lines", "l", false, "make a message of each line of stdin, or of --file")
	fs.BoolVar(&f.jsonLines, "json-lines", false, "as --lines, of what joltui sub --json prints: each line names its own topic")
	fs.BoolVarP(&f.null, "null", "0", false, "as --lines, of texts that end with a NUL byte, as joltui sub -r -0 prints them")
	fs.Int64Var(&f.from, "from-line", 1, "leave out the lines before this one: to go on where it ended")
	fs.BoolVar(&f.template, "expand", false, "replace {{.Count}} and the like in each message")
	f.count = 1
	fs.VarP(countValue[int]{&f.count}, "count", "n", "publish it this many times; 0 goes on")
}

// each reports whether there is a message of each line of an input.
func (f *payloadFlags) each() bool { return f.lines || f.jsonLines || f.null }

// payloads are the messages to be published, one after the other.
type payloads struct {
	io.Closer
	single bool // there is only one
	lines  bool // they come from lines
	total  int  // 0 is not known
	next   func(context.Context) (publisher.Message, error)
}

func (f *payloadFlags) check(args []string) error {
	switch {
	case f.jsonLines && len(args) > 0:
		return usageError("--json-lines has a topic in each line, but %q was named", args[0])
	case f.jsonLines && f.null:
		return usageError("--json-lines and --null exclude each other")
	case f.jsonLines:
	case len(args) == 0:
		return usageError("joltui pub needs a topic; see joltui pub --help")
	case args[0] == "" || invalidAt(args[0]) >= 0:
		return errNoTopic
	case f.file != "" && len(args) > 1:
		return usageError("--file and a payload exclude each other")
	case f.file == "" && len(args) == 1 && !f.each():
		return usageError("nothing to publish: give a payload, - for stdin, --lines or --file; '' is an empty payload")
	case f.each() && len(args) > 1 && args[1] != "-":
		return usageError("--lines reads stdin or --file: leave the payload out")
	}
	switch {
	case f.each() && f.count != 1:
		return usageError("--lines and --count exclude each other")
	case f.each() && f.template:
		return usageError("--lines and --expand exclude each other")
	case f.from < 1:
		return usageError("--from-line %d: the first line is 1", f.from)
	case f.from > 1 && !f.each():
		return usageError("--from-line is of use only with --lines")
	}
	return nil
}

// open finds what is to be published, by the topic and the payload that were named.
func (f *payloadFlags) open(env Env, args []string) (*payloads, error) {
	if err := f.check(args); err != nil {
		return nil, err
	}
	topic := ""
	if len(args) > 0 {
		topic = args[0]
	}
	if !f.each() && f.file == "" && args[1] != "-" {
		return f.repeated(topic, args[1])
	}
	input, name := io.ReadCloser(io.NopCloser(env.Stdin)), "stdin"
	if f.file != "" {
		file, err := os.Open(f.file)
		if err != nil {
			return nil, usageError("--file: %w", err)
		}
		input, name = file, f.file
	}
	if f.each() {
		return f.ofLines(topic, input), nil
	}
	defer input.Close()
	data, err := io.ReadAll(io.LimitReader(input, maxPayload+1))
	switch {
	case err != nil:
		return nil, usageError("%s: %w", name, err)
	case len(data) > maxPayload:
		return nil, usageError("%s is longer than %s", name, human.Bytes(maxPayload))
	}
	return f.repeated(topic, string(data))
}

// repeated is one payload, as often as was asked for.
func (f *payloadFlags) repeated(topic, data string) (*payloads, error) {
	if i := invalidAt(data); i >= 0 {
		return nil, usageError("the payload is not valid UTF-8 at byte %d: the protocol carries text", i+1)
	}
	fill, err := f.fill(data)
	if err != nil {
		return nil, err
	}
	n := 0
	return &payloads{Closer: io.NopCloser(nil), single: f.count == 1, total: f.count, next: func(context.Context) (publisher.Message, error) {
		if f.count > 0 && n == f.count {
			return publisher.Message{}, io.EOF
		}
		n++
		data, err := fill(uint64(n))
		return publisher.Message{Topic: topic, Data: data}, err
	}}, nil
}

// fill returns what makes message n of a payload.
func (f *payloadFlags) fill(data string) (func(n uint64) (string, error), error) {
	if !f.template {
		return func(uint64) (string, error) { return data, nil }, nil
	}
	t, err := template.Parse(data)
	if err != nil {
		return nil, usageError("--expand: %w", err)
	}
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(rand.Uint32())
	}
	source := template.Source{Now: time.Now, Random: rand.NewChaCha8(seed)}
	return func(n uint64) (string, error) { return t.Execute(n, source) }, nil
}

// ofLines is a message of each line of input. Line ends do not belong to it.
func (f *payloadFlags) ofLines(topic string, file io.ReadCloser) *payloads {
	end := byte('\n')
	if f.null {
		end = 0
	}
	input := publisher.NewInput(file, end, maxPayload)
	next := func(ctx context.Context) (publisher.Message, error) {
		for {
			text, line, err := input.Next(ctx)
			switch {
			case errors.Is(err, publisher.ErrLongLine):
				return publisher.Message{}, fmt.Errorf("%w: the most is %s", err, human.Bytes(maxPayload))
			case err != nil:
				return publisher.Message{}, err
			case line < f.from:
				continue
			case !f.jsonLines:
				return publisher.Message{Topic: topic, Data: text, Line: line}, nil
			}
			m, err := jsonLine(text)
			if err != nil {
				return publisher.Message{}, fmt.Errorf("line %d: %s", line, human.Cause(err))
			}
			if m != nil {
				return publisher.Message{Topic: m.Topic, Data: m.Data, Line: line}, nil
			}
		}
	}
	return &payloads{Closer: closers{input, file}, lines: true, next: next}
}

// jsonLine reads a line as joltui sub --json prints them, and recordings have them; nil
// is one that is about no message, such as a gap.
func jsonLine(text string) (*jolt.Message, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	e, err := record.ParseLine([]byte(text))
	m, _ := e.Event.(*jolt.Message)
	return m, err
}

// closers are closed together.
type closers []io.Closer

// Close implements io.Closer.
func (c closers) Close() error {
	var all []error
	for _, one := range c {
		all = append(all, one.Close())
	}
	return errors.Join(all...)
}

// invalidAt is where text stops being UTF-8; -1 where it does not.
func invalidAt(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}
